# كلمات شاشات الموقع نفسه: الشريط والصفحة الأولى والإعدادات.
nav-ticker = شريط الأخبار
act-ticker-change = عدّل خبرًا في الشريط
act-ticker-order = نقل خبرًا في الشريط
line-push-title = خبر جديد في الشريط
line-text = الخبر
line-letters = { $count } حرف على الأكثر، في سطر واحد. يراه القراء خلال ثانية.
line-url = إلى أين يقود؟
line-url-hint = رقم مقال، أو عنوان يبدأ بـ https:// أو /. يمكن تركه فارغًا.
line-urgent = علّمه «عاجل»
line-stays = متى يغادر الشريط؟
line-stays-keep = حين يُزال
line-stays-30 = بعد نصف ساعة
line-stays-60 = بعد ساعة
line-stays-120 = بعد ساعتين
line-stays-360 = بعد ست ساعات
line-stays-720 = بعد اثنتي عشرة ساعة
line-stays-1440 = بعد يوم
line-stays-at = في الموعد الآتي
line-until = موعد المغادرة
line-until-hint = بتوقيت الصحيفة ({ $zone })، إن اخترت «في الموعد الآتي».
line-push = ادفعه إلى الشريط
lines-title = ما في الشريط الآن
lines-none = لا خبر في الشريط.
lines-filled = لا خبر مدفوعًا، فيرى القراء في الشريط أحدث ما نُشر.
lines-no-room = لا يراه القراء: الشريط يعرض أول { $count } فقط.
lines-how = اسحب المقبض، أو اضغط Alt مع السهم وأنت في السطر، لتنقله.
line-urgent-mark = عاجل
line-pushed = دُفع
line-leaves = يغادر
line-leaves-minutes = { $count ->
    [zero] خلال دقيقة
    [one] بعد دقيقة
    [two] بعد دقيقتين
    [few] بعد { $count } دقائق
    [many] بعد { $count } دقيقة
   *[other] بعد { $count } دقيقة
}
line-leaves-hours = { $count ->
    [zero] خلال ساعة
    [one] بعد ساعة
    [two] بعد ساعتين
    [few] بعد { $count } ساعات
    [many] بعد { $count } ساعة
   *[other] بعد { $count } ساعة
}
line-leaves-days = { $count ->
    [zero] خلال يوم
    [one] بعد يوم
    [two] بعد يومين
    [few] بعد { $count } أيام
    [many] بعد { $count } يومًا
   *[other] بعد { $count } يوم
}
line-stays-on = يبقى حتى يُزال
order-up = ارفعه
order-down = أنزله
order-handle = انقل: { $what }
order-moved = صار في الموضع { $at } من { $of }.
order-failed = لم يُنقل: لا جواب من الخادم. أعد المحاولة.
line-make-urgent = اجعله عاجلًا
line-make-plain = أزل «عاجل»
line-change = عدّله
line-recall = أزله من الشريط
line-change-title = تعديل خبر في الشريط
line-change-why = يبقى في موضعه، ويرى القراء النص الجديد خلال ثانية.
line-new = تغيّر الشريط.
line-cut = انقطع الاتصال بالخادم: افتح الصفحة من جديد.
done-line-push = الخبر في الشريط.
done-line-change = عُدّل الخبر.
done-line-order = نُقل الخبر.
done-line-urgent = صار الخبر عاجلًا.
done-line-plain = لم يعد الخبر عاجلًا.
done-line-recall = أُزيل الخبر من الشريط.
line-changed-meanwhile = غيّر غيرك الشريط وأنت تنظر، فلم يُفعل شيء. هذا هو الآن: انظر، ثم أعد المحاولة.
line-other-saved = غيّر غيرك هذا الخبر وأنت تكتب، فلم يُحفظ نصك بعد. نصك في النموذج، ونص غيرك تحته: احفظ إن أردت أن يحل نصك محله.
line-gone-typed = أزال غيرك هذا الخبر وأنت تكتب. نصك في النموذج: ادفعه خبرًا جديدًا إن أردت.
line-gone = لا خبر بهذا الرقم في الشريط.
line-stale = لم يُفعل شيء بعد: دخلت من جديد أو قدُمت الصفحة. ما كتبته هنا كما هو، فاضغط الزر مرة أخرى.
line-other = ما حفظه غيرك
fault-line-empty = اكتب الخبر.
fault-line-long = في الخبر { $number } حرفًا، والشريط يسع 300. اختصره.
fault-line-url = ليس هذا عنوانًا. اكتب رقم مقال، أو عنوانًا يبدأ بـ https:// أو http:// أو /.
fault-line-nothing = لا شيء منشورًا هنا: { $value }. اكتب رقم مقال منشور أو رابطه كما هو في المتصفح.
fault-line-past = مضى هذا الموعد: اختر موعدًا آتيًا.
fault-line-no-until = اكتب يوم المغادرة وساعتها، أو اختر مدة.
