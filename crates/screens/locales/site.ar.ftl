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
nav-front = الصفحة الأولى
act-front-set = رتّب الصفحة الأولى
act-front-schedule = رتّب صفحة أولى لموعد آتٍ
act-front-unschedule = ألغى صفحة أولى لموعد آتٍ
front-now = الآن
front-why = ما تختاره هنا يتصدر الصفحة الأولى بترتيبه، ثم يتبعه ما نُشر، الأحدث أولًا. يرى القراء كل تغيير خلال ثانية.
front-why-then = هذا ما يتصدر الصفحة الأولى من { $time }. إلى ذلك الحين يبقى ما عليها كما هو.
front-chosen = المختارة
front-none = لا شيء مختارًا: الصفحة كلها تلقائية، والأحدث أولًا.
front-unseen = لا يراه القراء الآن، فلا يظهر في الصفحة الأولى.
front-remove = أزله من المختارة
front-add-title = أضف خبرًا
front-find = ابحث في أحدث العناوين
front-find-go = ابحث
front-add-typed = أو اكتب رقم مقال أو رابطه
front-add = أضفه
front-recent = أحدث ما نُشر
front-found = ما وُجد
front-found-none = لا شيء بين أحدث ما نُشر. جرّب كلمة أخرى، أو اكتب رقم المقال.
front-plans = صفحات لمواعيد آتية
front-plan-at = الموعد
front-plan-zone = بتوقيت الصحيفة ({ $zone }). تبدأ بنسخة من المختارة الآن، ثم ترتبها كما تشاء.
front-plan-go = جهّز صفحة لهذا الموعد
front-plan-cancel = ألغِ هذه الصفحة
front-plan-count = { $count ->
    [zero] بلا مختارة
    [one] خبر واحد
    [two] خبران
    [few] { $count } أخبار
    [many] { $count } خبرًا
   *[other] { $count } خبر
}
front-changed = تغيّرت الصفحة الأولى.
done-front-add = أُضيف الخبر.
done-front-remove = أُزيل الخبر من المختارة.
done-front-order = نُقل الخبر.
done-front-plan = الصفحة جاهزة لموعدها. رتّبها كما تشاء.
done-front-cancel = أُلغيت الصفحة، وبقي ما عليها الآن كما هو.
front-changed-meanwhile = غيّر غيرك الصفحة الأولى وأنت تنظر، فلم يُفعل شيء. هذه هي الآن: انظر، ثم أعد المحاولة.
front-plan-gone = لا صفحة لهذا الموعد: إما حلّ موعدها، وإما أُلغيت.
fault-front-full = المختارة { $number } على الأكثر. أزل خبرًا أولًا.
fault-front-twice = هذا الخبر بين المختارة من قبل.
fault-front-nothing = لا خبر منشورًا هنا: { $value }. اكتب رقم خبر منشور أو رابطه كما هو في المتصفح.
fault-front-no-moment = اكتب اليوم والساعة.
fault-front-moment-past = مضى هذا الموعد: اختر موعدًا آتيًا.
fault-front-moment-taken = لهذا الموعد صفحة من قبل: رتّبها، أو اختر موعدًا آخر.
