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
nav-settings = الإعدادات
settings-why = هذه إعدادات الصحيفة التي يراها القراء. تظهر في كل صفحة خلال ثانية من حفظها.
set-group-paper = الصحيفة
set-group-dates = التواريخ
set-group-reading = الشريط والمقالات
set-group-comments = التعليقات
set-group-search = البحث
set-group-menus = القوائم
settings-example = هكذا يُكتب تاريخ اليوم:
settings-example-go = اعرض المثال بما اخترته
settings-menu-hint = كل رابط في سطر: الكلمات ثم | ثم العنوان. ما يبدأ بـ «-» يقع تحت ما قبله، والسطر بلا عنوان رأس لما تحته.
months-levant = الشام والعراق (أيلول)
months-egypt_gulf = مصر والخليج (سبتمبر)
months-algeria_tunisia = الجزائر وتونس (أوت)
months-morocco = المغرب (شتنبر)
months-mauritania = موريتانيا (شتمبر)
months-none = بلا أسماء ثانية
offset-minus = يوم إلى الوراء
offset-none = كما هو
offset-plus = يوم إلى الأمام
settings-changed-meanwhile = غيّر غيرك الإعدادات وأنت تكتب، فلم يُحفظ شيء بعد. ما كتبته في النموذج؛ احفظ من جديد إن أردت أن يحل محل ما حفظه غيرك: { $value }.
settings-stale = لم يُحفظ شيء بعد: دخلت من جديد أو قدُمت الصفحة. ما كتبته هنا كما هو، فاضغط الزر مرة أخرى.
settings-unread = لم تُقرأ الإعدادات: اختر من القوائم ما فيها.
fault-set-number = ليس هذا عددًا صحيحًا. اكتبه بالأرقام.
fault-set-no-name = لا اسم للصحيفة. اكتب اسمها.
fault-set-long = هذا الحقل أطول مما يسع: { $number } حرفًا على الأكثر. اختصره.
fault-set-language = ليس هذا رمز لغة. اكتب مثل ar.
fault-set-origin = ليس هذا عنوان موقع. اكتبه بلا مسار، مثل https://example.org
fault-set-zone = لا منطقة زمنية بهذا الاسم: { $value }. اكتب مثل Asia/Damascus أو Africa/Tunis.
fault-set-offset = يُقدَّم الهجري أو يُؤخَّر بيوم واحد على الأكثر.
fault-set-lines = في الشريط 50 سطرًا على الأكثر.
fault-set-percent = اكتب عددًا من 0 إلى 200.
fault-set-half-life = اكتب عددًا من 1 إلى 3650.
fault-set-close = اكتب عددًا من 0 إلى 3650.
fault-set-sender = اكتب عددًا من 1 إلى 90.
fault-set-rules = ليس هذا عنوانًا. ابدأه بـ https:// أو http:// أو /.
fault-set-menu-long = في القائمة أكثر من 100 رابط. احذف بعضها.
fault-set-no-label = في القائمة رابط بلا كلمات. اكتب كلماته قبل |.
fault-set-link = الرابط «{ $value }» لا يقود إلى عنوان. ابدأ عنوانه بـ https:// أو http:// أو mailto: أو tel: أو /.
fault-set-heading = «{ $value }» بلا عنوان وبلا روابط تحته. أعطه أحدهما.
fault-set-deep = «{ $value }» يقع تحت رابط، وتحته روابط: القائمة درجتان.
fault-set-orphan = السطر { $number } يبدأ بـ «-» ولا رابط قبله. احذف العلامة، أو ضع فوقه رابطًا.
set-name = اسم الصحيفة
set-name-is = يظهر في رأس كل صفحة وفي المتصفح والخلاصات.
set-tagline = السطر تحت الاسم
set-tagline-is = جملة قصيرة تقول ما هي الصحيفة؛ يمكن تركها فارغة.
set-time-zone = المنطقة الزمنية
set-time-zone-is = بها تُكتب كل الأوقات والأيام، مثل Asia/Damascus أو Africa/Tunis.
set-language = لغة الموقع
set-language-is = رمز اللغة التي تُكتب بها الصحيفة، مثل ar.
set-origin = عنوان الموقع
set-origin-is = يُكتب في الخلاصات وخرائط الموقع، مثل https://example.org؛ إن تُرك فارغًا فكما يعرفه الخادم.
set-dates-months = أسماء الأشهر
set-dates-months-is = أسماء البلد الذي تصدر فيه الصحيفة.
set-dates-second-months = أسماء ثانية إلى جانبها
set-dates-second-months-is = لقراء بلد آخر، كما في «سبتمبر/أيلول».
set-dates-separator = ما بين الاسمين
set-dates-separator-is = علامة أو اثنتان، مثل /.
set-dates-arabic-digits = أرقام ٠-٩ بدل 0-9
set-dates-arabic-digits-is = تُكتب بها التواريخ والأعداد.
set-dates-hijri = التاريخ الهجري إلى جانب الميلادي
set-dates-hijri-is = يظهر في رأس كل صفحة.
set-dates-hijri-offset = تقديم الهجري أو تأخيره
set-dates-hijri-offset-is = بيوم واحد على الأكثر، إن اختلفت الرؤية في بلدك.
set-ticker-lines = سطور الشريط
set-ticker-lines-is = كم خبرًا يعرض شريط الأخبار، من 0 إلى 50.
set-ticker-fill = املأ الشريط بأحدث ما نُشر
set-ticker-fill-is = حين لا خبر مدفوعًا فيه.
set-old-after-days = متى يقول المقال كم عمره
set-old-after-days-is = بعد كم يومًا من نشره؛ 0 يعني أبدًا.
set-comments-open = التعليقات مفتوحة
set-comments-open-is = إن أُغلقت بقي ما كُتب منها.
set-comments-close-after-days = متى تُغلق تحت المقال
set-comments-close-after-days-is = بعد كم يومًا من نشره؛ 0 يعني أبدًا.
set-comments-trust = انشر فورًا لمن سبقت له ثلاثة تعليقات مقبولة
set-comments-trust-is = وإلا انتظر كل تعليق مراجعته.
set-approved-only = لا يُنشر إلا ما اعتُمد
set-approved-only-is = يُنشر المقال أو يُعدَّل بعد أن يعتمده زميل غير كاتبه.
set-comments-newest-first = أحدث التعليقات أولًا
set-comments-newest-first-is = وإلا فالأقدم أولًا.
set-comments-rules = قواعد التعليق
set-comments-rules-is = عنوان الصفحة التي كُتبت فيها، مثل /page/rules؛ يمكن تركه فارغًا.
set-comments-sender-days = كم يومًا يُحفظ مصدر التعليق
set-comments-sender-days-is = بصمة من عنوان الشبكة لا يُعرف منها صاحبها، من 1 إلى 90 يومًا؛ ثم تُمحى.
set-freshness-percent = كم يتقدم الجديد في البحث
set-freshness-percent-is = كم يزيد وزن مقال اليوم على القديم، بالمئة، من 0 إلى 200.
set-freshness-half-life-days = متى ينقص هذا إلى نصفه
set-freshness-half-life-days-is = بعد كم يومًا، من 1 إلى 3650.
set-header-menu = روابط رأس الصفحة
set-header-menu-is = إن تُركت فارغة ظهرت الأقسام.
set-footer-menu = روابط أسفل الصفحة
set-footer-menu-is = إن تُركت فارغة ظهرت الأقسام.
