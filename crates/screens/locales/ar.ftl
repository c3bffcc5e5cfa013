# كلمات شاشات غرفة الأخبار.
newsroom = غرفة الأخبار
sign-in = الدخول
sign-out = الخروج
signed-in-as = { $name } في غرفة الأخبار
skip = إلى المحتوى
places = الشاشات
language = اللغة
address = البريد الإلكتروني
password = كلمة المرور
password-new = كلمة المرور الجديدة
password-now = كلمة المرور الحالية
password-hint = خمسة عشر حرفًا على الأقل. عدة كلمات متتابعة تُحفظ بسهولة.
number = رقم الهاتف المؤقت
number-hint = ستة أرقام يعرضها تطبيق التحقق، أو أحد الرموز الاحتياطية.
name = الاسم
name-hint = كما يعرفك زملاؤك.
save = احفظ
go-on = تابع
back = عودة
refused-title = لا دخول عبر هذا الاتصال
refused-why = كلمات المرور لا تُرسل عبر اتصال غير مشفّر. افتح العنوان نفسه ببادئة https، أو ادخل من الجهاز الذي يعمل عليه الخادم.
plain-note = الاتصال غير مشفّر، وهو مقبول هنا لأنه لا يغادر هذا الجهاز.
new-account = حساب جديد
new-account-roles = ستكون في غرفة الأخبار:
new-password = كلمة مرور جديدة
confirm = أكّد أنه أنت
confirm-why = ما تريد فعله خطير، فاكتب كلمة مرورك مرة أخرى.
nav-home = البداية
nav-account = حسابك
nav-users = الحسابات
nav-trail = سجل الأعمال
may = ما لك أن تفعل
may-write = تكتب مقالات
may-publish = تنشر وتصحّح
may-withdraw = تسحب وتعيد
may-ticker = تدفع الأخبار العاجلة إلى الشريط
may-moderate = تراجع تعليقات القراء
may-settings = تضبط الموقع
may-trail = تقرأ سجل الأعمال
may-users = تدير الحسابات
role-reporter = مراسل
role-editor = محرر
role-chief-editor = رئيس تحرير
role-moderator = مشرف تعليقات
role-administrator = مدير
roles = الأدوار
change-password = غيّر كلمة المرور
second-factor = الخطوة الثانية
second-factor-on = يُسأل عن رقم من هاتفك عند كل دخول.
second-factor-off = يكفي لدخول حسابك من عرف كلمة المرور. أضف هاتفك خطوة ثانية.
second-factor-add = أضف هاتفك
second-factor-remove = أزل الخطوة الثانية
second-factor-scan = افتح تطبيق التحقق في هاتفك، وأضف هذا المفتاح، ثم اكتب الرقم الذي يعرضه.
second-factor-open = افتحه في تطبيق على هذا الجهاز
codes-left = { $count ->
    [zero] لم يبق رمز احتياطي
    [one] بقي رمز احتياطي واحد
    [two] بقي رمزان احتياطيان
    [few] بقيت { $count } رموز احتياطية
    [many] بقي { $count } رمزًا احتياطيًا
   *[other] بقي { $count } رمز احتياطي
}
codes = الرموز الاحتياطية
codes-why = كل رمز يقوم مرة واحدة مقام رقم الهاتف إن فقدته. لن تُعرض مرة أخرى: اطبعها أو اكتبها واحفظها بعيدًا عن الجهاز.
sessions = حيث أنت داخل
session-own = هذا المتصفح
session-used = آخر استعمال { $time }
session-end = أنهِ
sessions-end = أنهِ كل ما عداها
browser-unnamed = متصفح بلا اسم
users-since = منذ { $time }
user-disabled = موقوف
user-disable = أوقف
user-enable = أعد
user-reset = رابط لكلمة مرور جديدة
user-roles = غيّر الأدوار
user-own = أنت
invite = ادعُ زميلًا
invite-why = اختر أدواره، فيظهر رابط يصلح مرة واحدة: أرسله إليه بنفسك.
invite-address = بريد زميلك
invite-mail = اختر أدواره واكتب بريده، فيُرسل إليه رابط يصلح مرة واحدة. إن تركت البريد فارغًا عُرض الرابط عليك لترسله بنفسك.
forgotten = نسيت كلمة المرور؟
forgotten-title = كلمة مرور جديدة
forgotten-why = اكتب البريد الذي تدخل به، فيُرسل إليه رابط تضع به كلمة مرور جديدة. يصلح ساعة واحدة، مرة واحدة.
forgotten-send = أرسل الرابط
letter-invitation-subject = دعوة إلى غرفة أخبار { $paper }
letter-invitation-why = دُعيت إلى غرفة أخبار { $paper }. افتح هذا الرابط لتصنع حسابك:
letter-invitation-end = يصلح الرابط مرة واحدة، خلال سبعة أيام. إن لم تكن تنتظر هذه الدعوة فأهملها.
letter-password-subject = كلمة مرور جديدة لحسابك في { $paper }
letter-password-why = أرسل إليك مدير الحسابات في { $paper } هذا الرابط لتضع كلمة مرور جديدة:
letter-password-end = يصلح الرابط مرة واحدة، خلال يوم واحد. حين تضعها ينتهي دخولك من كل مكان.
letter-forgotten-subject = كلمة مرور جديدة لحسابك في { $paper }
letter-forgotten-why = طُلبت كلمة مرور جديدة لحسابك في { $paper }. إن كنت أنت من طلبها فافتح هذا الرابط:
letter-forgotten-end = يصلح الرابط مرة واحدة، خلال ساعة. إن لم تطلبها أنت فأهمل هذه الرسالة: كلمة مرورك باقية كما هي.
link-title = رابط يصلح مرة واحدة
link-invitation = أرسله إلى زميلك وحده: من يفتحه يصنع الحساب. يصلح سبعة أيام.
link-password = أرسله إلى صاحب الحساب وحده: من يفتحه يضع كلمة مرور جديدة. يصلح يومًا واحدًا.
link-once = لن يُعرض هذا الرابط مرة أخرى.
trail = سجل الأعمال
trail-time = الوقت
trail-who = من
trail-what = العمل
trail-thing = الرقم
trail-older = الأقدم
done-saved = حُفظ ما غيّرته.
done-password = وُضعت كلمة المرور الجديدة، وانتهى دخولك من كل مكان آخر.
done-account = صُنع حسابك. ادخل به.
done-mailed = أُرسل الرابط بالبريد.
done-asked = إن كان لهذا البريد حساب فسيصل إليه رابط خلال دقائق. إن لم يصل فانظر في البريد المزعج، أو اسأل مدير الحسابات.
not-mailed-unreachable = لم تُرسل الرسالة: خادم البريد لا يجيب. أرسل الرابط بنفسك.
not-mailed-insecure = لم تُرسل الرسالة: الاتصال بخادم البريد غير مأمون. أرسل الرابط بنفسك، وراجع إعداد البريد.
not-mailed-unfit = لم تُرسل الرسالة: خادم البريد لا يعرض ما يطلبه إعداد البريد. أرسل الرابط بنفسك، وراجع الإعداد.
not-mailed-login = لم تُرسل الرسالة: خادم البريد لم يقبل اسمنا أو كلمة مرورنا. أرسل الرابط بنفسك، وراجع إعداد البريد.
not-mailed-later = لم تُرسل الرسالة: خادم البريد لا يقبل رسائل الآن (قال { $value }). أرسل الرابط بنفسك.
not-mailed-refused = لم تُرسل الرسالة: خادم البريد رفضها (قال { $value }). تأكد من العنوان، أو أرسل الرابط بنفسك.
not-mailed-unsendable = لم تُرسل الرسالة: لا يمكن أن يصل بريد إلى هذا العنوان. أرسل الرابط بنفسك.
mail-trouble = آخر رسالة لم تُرسل ({ $time }). من لم يصله رابطه تجد رقمه في سجل الأعمال: أعطه رابطًا جديدًا، وراجع إعداد البريد.
done-ended = انتهى الدخول من هناك.
done-second-factor-removed = أُزيلت الخطوة الثانية.
wrong = البريد أو كلمة المرور غير صحيح. حاول مرة أخرى.
wrong-password = كلمة المرور غير صحيحة. حاول مرة أخرى.
wrong-number = الرقم غير صحيح. انتظر الرقم التالي، وتأكد من ساعة الهاتف.
number-needed = اكتب الرقم الذي يعرضه هاتفك.
crowd = تُجرَّب كلمات مرور كثيرة في هذه اللحظة. ادخل من متصفح أو شبكة دخلت منها من قبل، أو اطلب من مدير الحسابات رابطًا لكلمة مرور جديدة، أو حاول هنا بعد الساعة { $value }.
wait = محاولات كثيرة لم تنجح. حاول مرة أخرى بعد الساعة { $value }.
busy = كثيرون يدخلون في هذه اللحظة. حاول بعد ثوان.
no-address = هذا ليس عنوان بريد. اكتبه كاملًا، مثل layla@example.org
address-taken = لهذا البريد حساب. استعمل غيره، أو اطلب رابطًا لكلمة مرور جديدة.
no-name = اكتب الاسم الذي يعرفك به زملاؤك.
name-too-long = الاسم أطول من ستين حرفًا. اختصره.
no-role = اختر دورًا واحدًا على الأقل.
password-too-short = كلمة المرور أقصر من خمسة عشر حرفًا. عدة كلمات متتابعة تُحفظ بسهولة.
password-too-long = كلمة المرور أطول من 256 حرفًا. اختصرها.
password-easy = كلمة المرور سهلة التخمين. اختر كلمات لا صلة لها بك.
last-administrator = هذا آخر مدير. عيّن غيره أولًا.
changed-meanwhile = تغيّر هذا في الأثناء. انظر إليه ثم أعد المحاولة.
no-link = هذا الرابط استُعمل أو قدُم. اطلب رابطًا جديدًا.
no-letters = لا يرسل هذا الموقع بريدًا. اطلب رابطًا من مدير الحسابات.
no-user = لا حساب بهذا الرقم.
not-allowed = ليس لك أن تفعل هذا. اسأل مدير الحسابات.
not-found = لا شاشة بهذا العنوان.
stale-form = هذه الصفحة قديمة أو جاءت من موقع آخر، فلم يُفعل شيء. افتحها من جديد ثم أعد المحاولة.
too-large = ما أُرسل أكبر مما تقبله هذه الصفحة.
unavailable = تعذّر هذا الآن. أعد المحاولة بعد قليل.
act-tag-create = أنشأ وسمًا
act-author-create = أضاف كاتبًا
act-article-create = بدأ مقالًا
act-article-amend = عدّل مقالًا بلا ملاحظة
act-article-discard = أهمل ما كُتب على مقال
act-article-publish = نشر مقالًا
act-article-correct = صحّح مقالًا
act-article-withdraw = سحب مقالًا
act-article-restore = أعاد مقالًا
act-article-import = استورد مقالًا
act-ticker-push = دفع خبرًا إلى الشريط
act-ticker-remove = أزال خبرًا من الشريط
act-settings-change = ضبط الموقع
act-user-add = صنع حسابًا
act-user-disable = أوقف حسابًا
act-user-enable = أعاد حسابًا
act-user-change = غيّر أدوار حساب
act-user-password = وضع كلمة مرور
act-user-password-ask = طُلبت كلمة مرور جديدة عند الباب
act-user-second-factor = غيّر الخطوة الثانية
act-link-make = صنع رابطًا
act-letter-send = أُرسلت رسالة
act-letter-fail = لم تُرسل رسالة
act-session-begin = دخل
act-session-end = أنهى دخولًا
act-session-fail = محاولة دخول لم تنجح
act-import-batch = استورد دفعة
actor-system = البرنامج
actor-cli = سطر الأوامر
actor-import = المستورد
letter-data-subject = ما تحفظه { $paper } عنك
letter-data-why = طُلب من { $paper } ما تحفظه من تعليقات كُتبت بهذا العنوان. إن كنت أنت من طلبه فافتح هذا الرابط لتنال نسخة منها أو لتحذفها:
letter-data-end = يعمل الرابط ثلاثة أيام، ومن يفتحه يرى تعليقاتك: لا ترسله إلى أحد. إن لم تطلبه أنت فأهمل هذه الرسالة.
nav-data = طلبات القراء
data-why = من طلب هنا ما يُحفظ عنه ولم تصله رسالة يسألك عن رابطه. اكتب عنوان البريد الذي سألك منه: إن كان هو الذي طُلب به صُنع رابط يعمل ثلاثة أيام، فأرسله إلى هذا العنوان وحده.
data-none = لا طلب ينتظر.
data-request = الطلب { $number }
data-asked = وصل { $time }
data-linked = صُنع رابطه { $time }
data-address = بريد القارئ
data-make = اصنع رابطًا
data-link = أرسله إلى القارئ وحده: من يفتحه يرى تعليقاته ويحذفها. يعمل ثلاثة أيام.
data-gone = لا طلب بهذا الرقم: ربما مضت عليه ثلاثة أيام أو طُلب بعده غيره.
data-other-address = ليس هذا العنوان الذي طُلب به، فلم يُصنع رابط. انظر من أي عنوان سُئلت.
act-comments-export = سُلّم قارئ ما يُحفظ عنه
act-comments-erase = حُذف ما يُحفظ عن قارئ
actor-reader = قارئ
act-comment-approve = نشر تعليقًا
act-comment-reject = رفض تعليقًا
act-comment-spam = عدّ تعليقًا إزعاجًا
act-comment-withdraw = سحب تعليقًا
act-comment-wait = أعاد تعليقًا إلى الانتظار
act-comment-block = حظر كاتب تعليق
act-comment-unblock = رفع الحظر عن كاتب تعليق
act-comment-reveal = كشف بريد كاتب تعليق
act-comments-set = فتح التعليق على مقال أو أغلقه
nav-comments = تعليقات القراء
comments-filters = أي التعليقات
comments-waiting = تنتظر
comments-reported = أُبلغ عنها
comments-approved = منشورة
comments-rejected = مرفوضة
comments-spam = مزعجة
comments-withdrawn = مسحوبة
comments-all = كلها
comments-search = ابحث في الاسم والنص
comments-search-go = ابحث
comments-none = لا تعليقات هنا الآن.
comments-none-found = لا تعليق هنا فيه هذه الكلمات.
comments-newest = الأحدث
comments-siblings = تعليقات هذا المقال
comments-article-gone = المقال غير موجود
comments-new-window = (في نافذة جديدة)
comments-place = في الصفحة
comments-above = ما يجيب عنه
comments-below = ما أجاب عنه
comments-staff = من غرفة الأخبار
comments-edited = عدّله كاتبه
comments-erased = مُحي نصه بطلب كاتبه.
comments-holds = لماذا أوقف
comments-in-name = (في الاسم)
comments-colon = :
comments-reports = { $count ->
    [one] بلاغ واحد من قارئ
    [two] بلاغان من قراء
    [few] { $count } بلاغات من قراء
    [many] { $count } بلاغًا من قراء
   *[other] { $count } بلاغ من قراء
}
comments-no-reason = بلا سبب
comments-select = اختر تعليق
comments-several = المختار من التعليقات
comments-selected = المختار
comments-undo = تراجع
comments-new = وصل تعليق جديد.
comments-news = وصلت تعليقات جديدة.
comments-failed = لم يُحفظ القرار. تأكد من الاتصال ثم أعد المحاولة.
comments-not-here = لا يُفعل هذا بهذا التعليق.
comments-cut = توقف التحديث المباشر. افتح الصفحة من جديد لترى الجديد.
comments-no-act = لم يُختر ما يُفعل، فلم يُفعل شيء. عُد واختر.
comments-no-undo = لا يمكن التراجع عن هذا. قرّر في التعليق من جديد.
comments-no-article = لا مقال بهذا الرقم.
no-comment = لا تعليق بهذا الرقم.
comments-blocked = المحظورون
blocked-none = لا أحد محظور.
state-waiting = ينتظر
state-approved = منشور
state-spam = مزعج
state-withdrawn = مسحوب
state-rejected = مرفوض
do-approve = انشر
do-keep = أبقه منشورًا
do-reject = ارفض
do-spam = مزعج
do-withdraw = اسحب
do-wait = أعده إلى الانتظار
do-block = احظر الكاتب
do-unblock = ارفع الحظر
do-answer = أجب
do-reveal = اكشف البريد
did-approve = { $count ->
    [one] نُشر التعليق.
    [two] نُشر تعليقان.
    [few] نُشرت { $count } تعليقات.
    [many] نُشر { $count } تعليقًا.
   *[other] نُشر { $count } تعليق.
}
did-reject = { $count ->
    [one] رُفض التعليق.
    [two] رُفض تعليقان.
    [few] رُفضت { $count } تعليقات.
    [many] رُفض { $count } تعليقًا.
   *[other] رُفض { $count } تعليق.
}
did-spam = { $count ->
    [one] عُدّ التعليق مزعجًا.
    [two] عُدّ تعليقان مزعجين.
    [few] عُدّت { $count } تعليقات مزعجة.
    [many] عُدّ { $count } تعليقًا مزعجًا.
   *[other] عُدّ { $count } تعليق مزعجًا.
}
did-withdraw = { $count ->
    [one] سُحب التعليق.
    [two] سُحب تعليقان.
    [few] سُحبت { $count } تعليقات.
    [many] سُحب { $count } تعليقًا.
   *[other] سُحب { $count } تعليق.
}
did-wait = { $count ->
    [one] عاد التعليق إلى الانتظار.
    [two] عاد تعليقان إلى الانتظار.
    [few] عادت { $count } تعليقات إلى الانتظار.
    [many] عاد { $count } تعليقًا إلى الانتظار.
   *[other] عاد { $count } تعليق إلى الانتظار.
}
did-block = { $count ->
    [one] حُظر الكاتب: ما يرسله من الآن يُعدّ مزعجًا.
    [two] حُظر كاتبان: ما يرسلانه من الآن يُعدّ مزعجًا.
    [few] حُظر { $count } كتّاب: ما يرسلونه من الآن يُعدّ مزعجًا.
    [many] حُظر { $count } كاتبًا: ما يرسلونه من الآن يُعدّ مزعجًا.
   *[other] حُظر { $count } كاتب: ما يرسلونه من الآن يُعدّ مزعجًا.
}
did-unblock = { $count ->
    [one] رُفع الحظر عن الكاتب.
    [two] رُفع الحظر عن كاتبين.
    [few] رُفع الحظر عن { $count } كتّاب.
    [many] رُفع الحظر عن { $count } كاتبًا.
   *[other] رُفع الحظر عن { $count } كاتب.
}
did-undo = { $count ->
    [one] تُراجع عن القرار.
    [two] تُراجع عن قرارين.
    [few] تُراجع عن { $count } قرارات.
    [many] تُراجع عن { $count } قرارًا.
   *[other] تُراجع عن { $count } قرار.
}
did-changed = { $count ->
    [one] تغيّر تعليق في الأثناء وبقي كما هو: انظر إليه ثم قرّر.
    [two] تغيّر تعليقان في الأثناء وبقيا كما هما: انظر إليهما ثم قرّر.
    [few] تغيّرت { $count } تعليقات في الأثناء وبقيت كما هي: انظر إليها ثم قرّر.
    [many] تغيّر { $count } تعليقًا في الأثناء وبقيت كما هي: انظر إليها ثم قرّر.
   *[other] تغيّر { $count } تعليق في الأثناء وبقيت كما هي: انظر إليها ثم قرّر.
}
did-left = { $count ->
    [one] تعليق واحد لم يكن فيه ما يُفعل.
    [two] تعليقان لم يكن فيهما ما يُفعل.
    [few] { $count } تعليقات لم يكن فيها ما يُفعل.
    [many] { $count } تعليقًا لم يكن فيها ما يُفعل.
   *[other] { $count } تعليق لم يكن فيها ما يُفعل.
}
done-answered = نُشر جوابك.
hold-approval = تقرأ الصحيفة كل تعليق قبل نشره
hold-word = كلمة من القائمة
hold-advertising = إعلان
hold-links = روابط كثيرة أو مقنّعة
hold-telephone = رقم هاتف
hold-duplicate = النص نفسه أُرسل من قبل
hold-near-duplicate = نص يكاد يطابق نصًا سابقًا
hold-resemblance = يشبه في جملته ما يُحتجز من تعليقات
hold-repetition = تكرار
hold-hidden-field = مُلئت خانة لا يراها القراء
hold-too-fast = أُرسل أسرع مما يُكتب
hold-blocked = كاتبه محظور
hold-staff-name = اسم يشبه اسم أحد في غرفة الأخبار
hold-edited = عدّله كاتبه بعد نشره
hold-taken-back = سحبه كاتبه، فلا يُنشر من جديد
writer-record = كاتبه:
writer-approved = منشور { $count }
writer-rejected = مرفوض { $count }
writer-spam = مزعج { $count }
writer-blocked = محظور
writer-unknown = لا يُعرف بريد كاتبه.
commenting = التعليق على هذا المقال
commenting-by-age = مفتوح بقدر ما يقول ضبط الموقع
commenting-open = مفتوح دائمًا
commenting-closed = مغلق
comments-keys = المفاتيح
comments-keys-why = بمواضعها على لوحة المفاتيح، أيًّا كانت لغتها. تعمل على التعليق الذي أنت عليه، أو على المختار إن اخترت.
comments-keys-on = استعمل المفاتيح
key-next = التعليق التالي
key-previous = التعليق السابق
key-approve = انشر
key-reject = ارفض
key-spam = مزعج
key-withdraw = اسحب ما نُشر
key-block = احظر الكاتب
key-select = اختر أو اترك
key-undo = تراجع عن آخر قرار
key-list = هذه القائمة
close = أغلق
reveal-title = كشف بريد كاتب تعليق
reveal-typed = لماذا تحتاج إليه؟
reveal-hint = يُحفظ السبب في سجل الأعمال مع اسمك والوقت. لا تكتب فيه البريد نفسه.
reveal-go = اكشف البريد
reveal-is = بريد الكاتب:
reveal-once = يُعرض الآن وحده، ولا يُعرض مرة أخرى إلا بسبب جديد.
reveal-no-reason = اكتب السبب: يُحفظ في سجل الأعمال.
reveal-no-address = لا يُعرف بريد كاتب هذا التعليق.
reveal-key-away = خُتم هذا البريد بمفتاح ليس هنا. أعد ملفات المفاتيح إلى مكانها.
answer-title = جواب غرفة الأخبار
answer-typed = جوابك
answer-hint = يُنشر في الحال باسمك، وعليه علامة هيئة التحرير.
answer-go = انشر الجواب
answer-not-shown = هذا التعليق غير منشور، فلا يُجاب عنه. انشره أولًا.
answer-no-text = اكتب الجواب.
answer-too-long = الجواب أطول من خمسة آلاف حرف. اختصره.
nav-articles = المقالات
articles-lists = قوائم المقالات
articles-work = قيد الكتابة
articles-unpublished = لم تُنشر
articles-published = المنشورة
articles-withdrawn = المسحوبة
articles-none = لا مقالات هنا الآن.
article-new = مقال جديد
article-untitled = بلا عنوان
article-unpublished = لم يُنشر
article-published = منشور
article-withdrawn = مسحوب
article-saved-by = حفظه
article-public = صفحته على الموقع
article-preview = كما سيراه القراء
article-letters = { $count ->
    [zero] لا حروف
    [one] حرف واحد
    [two] حرفان
    [few] { $count } حروف
    [many] { $count } حرفًا
   *[other] { $count } حرف
}
article-words = { $count ->
    [zero] لا كلمات
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $count } كلمات
    [many] { $count } كلمةً
   *[other] { $count } كلمة
}
article-kicker = العنوان الصغير فوق العنوان
article-headline = العنوان
article-standfirst = المقدمة
article-dateline = المكان
article-agency = الوكالة
article-body = النص
article-section = القسم
article-no-section = بلا قسم
article-authors = الكتّاب
article-tags = الوسوم
article-language = اللغة
article-slug = كلمات الرابط
article-lead = الصورة الرئيسة
article-lead-number = الصورة رقم { $number }
article-no-lead = بلا صورة رئيسة.
article-publish = احفظ وانشر
article-discard = أهمل ما كُتب
article-saved = حُفظ المقال. لا يراه القراء حتى يُنشر.
article-did-publish = نُشر المقال.
article-did-schedule = سيُنشر المقال في موعده.
article-did-unschedule = أُلغي الموعد، وبقي المقال كما هو.
article-not-scheduled = لا موعد لهذا المقال.
article-due = يُنشر
schedule-title = النشر في موعد
schedule-as-then = يُنشر كما يكون محفوظًا حينها.
schedule-at = الموعد
schedule-zone = بتوقيت الصحيفة ({ $zone }). لا يظهر المقال في أي مكان قبله.
schedule-go = احفظ وحدد الموعد
unschedule-go = ألغِ الموعد
articles-scheduled = لها موعد
fault-no-moment = اكتب يوم النشر وساعته.
fault-moment-past = مضى هذا الموعد: اختر موعدًا آتيًا، أو انشر الآن.
fault-moment-far = الموعد أبعد من سنة: اختر أقرب منه.
act-media-keep = أضاف ملفًا إلى المكتبة
act-media-describe = غيّر وصف ملف في المكتبة
act-article-schedule = حدد موعدًا لنشر مقال
act-article-unschedule = ألغى موعد نشر مقال
act-article-schedule-fail = لم يُنشر مقال في موعده
article-did-amend = نُشر التعديل.
article-did-note = أُضيفت الملاحظة إلى المقال.
article-did-withdraw = سُحب المقال: رابطه يقول للقراء إنه سُحب.
article-did-restore = عاد المقال إلى القراء.
article-did-discard = أُهمل ما كُتب.
article-did-revert = عاد النص القديم إلى ما تكتبه. لا يراه القراء حتى يُنشر.
dateline-hint = حيث كُتب الخبر، مثل: دمشق.
names-hint = افصل بين الأسماء بفاصلة.
names-make = أنشئ ما ليس موجودًا
slug-hint = اتركه فارغًا ليُصنع من العنوان.
body-hint = سطر فارغ بين كل فقرتين.
save-over = احفظ نصي فوقه
save-preview = احفظ واعرض كما سيراه القراء
notation = كيف تُكتب العناوين والقوائم والصور والروابط
notation-heading = ## خلفية
notation-heading-is = عنوان داخل النص؛ ### لما تحته
notation-item = - بند
notation-item-is = بند في قائمة
notation-numbered = 1. بند
notation-numbered-is = بند في قائمة مرقمة
notation-quotation = > لن نقبل.
notation-quotation-is = اقتباس
notation-source = > — الوزير
notation-source-is = قائله، في آخر سطر من الاقتباس
notation-picture = ![الوفد يصل](media:17 "وصول الوفد" "رويترز")
notation-picture-is = صورة: ما فيها، ورقمها، وشرحها، ومصدرها؛ وحدها في سطرها
notation-table = | حلب | ٢٫١ مليون |
notation-table-is = صف في جدول
notation-embed = @[كلمة الوزير](https://example.org/v)
notation-embed-is = شيء من موقع آخر، وحده في سطره
notation-break = ---
notation-break-is = فاصل بين جزأين
notation-foreign = [BBC]{"{"}en{"}"}
notation-foreign-is = كلمات بلغة أخرى
notation-strong = **مهم**
notation-strong-is = كلمات مهمة
notation-emphasis = *كلمة*
notation-emphasis-is = كلمة مشددة
notation-link = [كلمة الوزير](/a/17)
notation-link-is = رابط
notation-escape = \*
notation-escape-is = العلامة نفسها، لا معناها
faults = أصلح ما يلي ثم أعد المحاولة:
fault-too-long = هذا الحقل أطول مما يسع: { $number } حرف على الأكثر. اختصره.
fault-too-many = هنا أسماء أكثر مما يسع المقال: { $number } على الأكثر. احذف بعضها.
fault-unknown = ليس موجودًا: { $value }. صحّح الاسم، أو اختر «أنشئ ما ليس موجودًا».
fault-name-too-long = الاسم «{ $value }…» أطول من { $number } حرفًا. اختصره، أو افصل بين الأسماء بفاصلة.
fault-no-section = ليس هذا قسمًا من أقسام الصحيفة. اختر غيره.
fault-bad-language = ليس هذا رمز لغة. اختر لغة من القائمة.
fault-text-too-long = السطر { $number }: النص أطول من 500000 حرف. اقسمه مقالات.
fault-too-many-blocks = السطر { $number }: في النص أكثر من 5000 فقرة. اقسمه مقالات.
fault-no-alternative-text = لا نص بديل للصورة الرئيسة: افتحها في المكتبة واكتب ما يظهر فيها، ثم انشر.
fault-rights-expired = انتهى حق عرض الصورة رقم { $number }: اختر غيرها، أو جدّد الحق في المكتبة.
fault-broken-picture = السطر { $number }: الصورة لا تُقرأ. اكتبها هكذا: ⁨![ما فيها](media:17 "شرح" "مصدر")⁩، أو ضع \ قبل ! إن أردت العلامة.
fault-picture-in-text = السطر { $number }: الصورة وسط كلام. ضعها وحدها في سطر، أو ضع \ قبل ! إن أردت العلامة.
fault-broken-row = السطر { $number }: صف الجدول بلا نهاية. أغلقه بعلامة |، أو ضع \ قبلها إن أردت العلامة.
fault-bad-address = السطر { $number }: «{ $value }» ليس عنوانًا يصلح لرابط. ابدأه بـ https:// أو http:// أو mailto: أو tel: أو / أو #، بلا فراغات.
fault-too-many-marks = السطر { $number }: العلامات داخل الرابط تتغير كثيرًا. علّم الرابط كله، أو استعمل عنوانًا أقصر.
fault-address-too-long = السطر { $number }: عنوان الرابط أطول من 4000 حرف. استعمل أقصر منه.
fault-no-how = اختر كيف تُعدّل المقال المنشور.
fault-no-note = اكتب في جملة ما كان خطأ أو ما يجب أن يُعرف.
fault-no-headline = لا عنوان للمقال. اكتب له عنوانًا ثم انشره.
fault-article-no-section = المقال في غير قسم. اختر قسمًا ثم انشره.
article-already-published = المقال منشور من قبل. لم يبق ما يُفعل.
article-not-published = المقال غير منشور. انشره أولًا.
article-is-withdrawn = المقال مسحوب. أعده إلى القراء بدل نشره.
article-not-withdrawn = المقال غير مسحوب، فلا يُعاد.
article-changed-elsewhere = تغيّر المقال من مكان آخر بعد أن بدأت الكتابة. أهمل ما كُتب، ثم عد إلى نصك من النصوص المحفوظة.
article-nothing-written = ليس في المقال ما لم يُنشر. إن أردت ملاحظة وحدها فاضغط «أضف الملاحظة وحدها».
article-gone = لا مقال بهذا الرقم.
article-not-yours = هذا المقال ليس لك أن تكتب فيه: إما بدأه غيرك، وإما نُشر. اسأل محررًا.
article-other-saved = حفظ غيرك هذا المقال وأنت تكتب، فلم يُحفظ نصك بعد. نصك في النموذج، ونص غيرك تحته: انقل ما تريد، ثم احفظ.
article-stale = لم يُحفظ شيء بعد: دخلت من جديد أو قدُمت الصفحة. نصك هنا كما كتبته، فاضغط الزر مرة أخرى.
other-title = ما حفظه غيرك
other-why = إن حفظت الآن حلّ نصك محله، ويبقى نصه بين النصوص المحفوظة.
other-headline = عنوانه
other-body = نصه
amend-title = تعديل المقال المنشور
amend-why = يُحفظ ما في النموذج ثم يُنشر مكان ما يراه القراء.
amend-how = ما الذي تغيّر؟
amend-typo = خطأ في الكتابة، بلا ملاحظة
amend-note = الملاحظة التي يراها القراء
amend-go = احفظ وانشر التعديل
note-correction = تصحيح
note-clarification = توضيح
note-update = تحديث
note-editors-note = ملاحظة من المحرر
note-retraction = تراجع عن المقال
note-hint = ما كان خطأ وما الصواب، في جملة. لا تلزم لخطأ في الكتابة.
note-go = أضف الملاحظة وحدها
withdraw-title = سحب المقال
withdraw-reason = لماذا يُسحب؟
reason-hint = يقرؤه من يفتح رابط المقال بعد سحبه. يمكن تركه فارغًا.
withdraw-go = اسحب المقال
restore-title = إعادة المقال
restore-why = يعود إلى القراء برابطه وتاريخه، كما كان حين سُحب.
restore-go = أعده إلى القراء
kept-title = نصك محفوظ في هذه الصفحة
kept-signed-out = انتهى دخولك، فلم يُحفظ شيء بعد. نصك هنا كما كتبته: ادخل من جديد في نافذة أخرى، ثم عد إلى هذه الصفحة واضغط «أرسل مرة أخرى».
kept-away = لا تُحفظ النصوص في هذه اللحظة لعطل عابر. نصك هنا كما كتبته: أبقِ هذه الصفحة مفتوحة، واضغط «أرسل مرة أخرى» بعد قليل.
kept-sign-in = ادخل في نافذة أخرى
kept-again = أرسل مرة أخرى
kept-text = نصك
back-to-article = عودة إلى المقال
preview-narrow = على هاتف
preview-wide = على شاشة واسعة
preview-why = هذا ما حُفظ آخر مرة.
preview-size = وزن الصفحة { $compressed } كيلوبايت مضغوطة، و{ $whole } غير مضغوطة، بلا الصور.
discard-title = أتهمل ما كُتب؟
discard-published = يبقى المقال المنشور كما يراه القراء، ويذهب ما كُتب عليه بعد نشره.
discard-unpublished = يبقى المقال بلا ما كُتب فيه.
discard-go = أهمل ما كُتب
revisions = النصوص المحفوظة
revision-text = نص محفوظ
revision-public = رآه القراء
revert-why = يحل العنوان والمقدمة والنص محل ما تكتبه الآن. لا يراه القراء حتى يُنشر.
revert-go = عد إلى هذا النص
revision-gone = لا نص محفوظًا بهذا الرقم.
revision-too-long = هذا النص أطول مما يسع مقال، فلا يُعاد.

# العمل على المقالات: المراحل والملاحظات والإسناد والمكاتب والأسماء.
work-title = سير العمل
work-desk = المكتب:
work-assigned = مسند إلى
work-until = ، حتى
work-late = (فات موعده)
stage-draft = مسودة
stage-in-review = قيد المراجعة
stage-needs-changes = يحتاج إلى تعديل
stage-approved = معتمد
step-submit = أرسله إلى المراجعة
step-take-back = استرجعه من المراجعة
step-ask-for-changes = اطلب تعديلًا
step-approve = اعتمده
step-words = ما الذي يُعدَّل؟
step-words-hint = يُحفظ ملاحظةً بجانب النص، ويُخطر بها كاتبه.
assign-title = أسند المقال
assign-to = إلى
assign-nobody = لا أحد
assign-until = الموعد الأخير
assign-go = أسنده
remarks = ملاحظات الزملاء
remarks-settled = ملاحظات سُوّيت
remark = ملاحظة جديدة
remark-quote = الكلمات المقصودة من النص
remark-hint = اكتب @ قبل اسم زميل فيُخطر بها. لا يراها القراء.
remark-go = أضف الملاحظة
remark-settle = سُوّيت
remark-settled-by = سوّاها
article-did-submit = أُرسل النص إلى المراجعة.
article-did-take-back = استُرجع النص من المراجعة.
article-did-ask-for-changes = طُلب تعديل النص، وأُخطر كاتبه.
article-did-approve = اعتُمد النص.
article-did-remark = أُضيفت الملاحظة.
article-did-settle = سُوّيت الملاحظة.
article-did-assign = أُسند المقال.
article-did-unassign = لم يعد المقال مسندًا إلى أحد.
article-nothing-to-step = لم يُكتب في المقال شيء بعد: احفظ نصًا أولًا.
article-other-stage = صار النص في مرحلة أخرى: انظر فيه مرة أخرى.
article-own-text = أنت من بدأ هذا النص: يعتمده زميل غيرك.
article-not-approved = لا تنشر الصحيفة إلا ما اعتُمد: أرسل النص إلى المراجعة أولًا.
remark-gone = لا توجد ملاحظة كهذه، أو أنها سُوّيت من قبل.
remarks-full = بلغت الملاحظات على هذا المقال حدّها، ولا مكان لمزيد.
fault-no-remark = اكتب كلمات الملاحظة.
fault-no-words = اكتب ما الذي يُعدَّل.
fault-no-writer = لا يكتب هذا الحساب مقالات: اختر غيره.
fault-deadline-past = مضى هذا الموعد: اختر موعدًا قادمًا.
fault-deadline-far = هذا الموعد أبعد من سنة: اختر أقرب منه.
articles-waiting = ما ينتظرك
narrow = حصر القائمة
narrow-stage = المرحلة
narrow-desk = المكتب
narrow-user = من يكتب
narrow-any = الكل
narrow-go = احصر
nav-notifications = الإخطارات
notifications-none = لا إخطارات لديك.
notifications-new = جديد
notifications-read = قرأتها كلها
told-mentioned = : ذكرك في ملاحظة
told-remarked = : أضاف ملاحظة على ما تكتب
told-assigned = : أسند إليك مقالًا
told-submitted = : أرسل نصًا إلى المراجعة
told-changes-asked = : طلب تعديل نصك
told-approved = : اعتمد نصك
told-published = : نشر نصك
told-shut = لم يعد هذا المقال متاحًا لك.
nav-desks = المكاتب
desks-why = لكل مكتب أقسام من الموقع وأعضاء. يكتب أعضاء المكتب في كل ما يُكتب لأقسامه، ويُخطر محرروه بما ينتظر المراجعة.
desk-new = مكتب جديد
desk-make = أنشئه
desk-name = الاسم
desk-sections = أقسامه
desk-members = أعضاؤه
desk-dissolve = حُلّ المكتب
desk-no-name = اكتب اسم المكتب.
desk-name-too-long = الاسم طويل: 60 حرفًا على الأكثر.
desk-too-many-members = أعضاء المكتب أكثر مما يُسمح به.
desk-too-many = بلغت المكاتب حدّها: حُلّ واحدًا منها أولًا.
desk-name-taken = لمكتب آخر هذا الاسم: اختر غيره.
desk-section-taken = قسم مما اخترت لمكتب «{ $value }»: خذه منه أولًا.
desk-gone = لم يعد هذا المكتب موجودًا.
desk-changed = غيّر غيرك هذا المكتب: انظر فيه مرة أخرى ثم احفظ.
nav-authors = الكتّاب
authors-find = ابحث عن كاتب
authors-find-go = ابحث
authors-none = لا كاتب بهذا الاسم.
authors-more = هناك أكثر من هؤلاء: ابحث بالاسم.
authors-account-why = قد يكون اسم الكاتب اسمًا مستعارًا. من صاحبه من الحسابات لا يراه إلا رئيس التحرير.
author-name = الاسم كما يراه القراء
author-bio = كلمات عنه
author-account = صاحب الاسم
author-nobody = ليس من العاملين
author-account-go = احفظ صاحبه
author-no-name = اكتب الاسم كما يراه القراء.
author-name-too-long = الاسم طويل: 120 حرفًا على الأكثر.
author-bio-too-long = الكلمات عنه طويلة: 1000 حرف على الأكثر.
author-gone = لم يعد هذا الكاتب موجودًا.
author-no-user = لا حساب كهذا.
act-article-submit = أرسل نصًا إلى المراجعة
act-article-take-back = استرجع نصًا من المراجعة
act-article-ask-for-changes = طلب تعديل نص
act-article-approve = اعتمد نصًا
act-article-assign = أسند مقالًا
act-article-unassign = ألغى إسناد مقال
act-article-remark = أضاف ملاحظة على مقال
act-desk-create = أنشأ مكتبًا
act-desk-change = غيّر مكتبًا
act-desk-remove = حلّ مكتبًا
act-author-pen-name = عيّن صاحب اسم
act-author-change = غيّر كاتبًا
may-desks = تنظّم المكاتب
may-pen-names = تعرف أصحاب الأسماء المستعارة
nav-media = المكتبة
media-upload = أضف صورًا أو ملفات
media-upload-hint = صور JPEG وPNG وWebP وGIF، ومستندات PDF، وصوت MP3 وM4A وOgg، وأفلام MP4؛ حتى 32 ميغابايت للملف. ما خُفي في الصور من مكان وزمان واسم يُزال.
media-upload-go = ارفع
media-waits = لحظة…
media-failed = انقطع الاتصال طويلًا. اختر الملف مرة أخرى.
media-signed-out = خرجت من حسابك. ادخل من نافذة أخرى، ثم أعد تحميل هذه الصفحة واختر الملف مرة أخرى.
media-refused = لم تُحفظ هذه الملفات
media-too-large = أكبر من { $number } ميغابايت. صغّره ثم ارفعه.
media-too-many-pixels = في الصورة أكثر من { $number } مليون نقطة. صغّرها ثم ارفعها.
media-too-costly = تستهلك الصورة أكثر مما يحتمل الخادم. افتحها في برنامج صور واحفظها JPEG أو PNG من جديد.
media-damaged = الملف معطوب أو مبتور. ارفعه مرة أخرى من أصله.
media-empty = الملف فارغ.
media-svg = ملفات SVG قد تحمل برامج فلا تُقبل. احفظ الرسم PNG.
media-markup = هذه صفحة وليست صورة.
media-other-picture = صور AVIF وHEIC لا تُقرأ هنا. احفظ الصورة JPEG.
media-old-picture = صور BMP وTIFF لا تُقرأ هنا. احفظ الصورة PNG أو JPEG.
media-other-film = هذا النوع من الأفلام لا يُقرأ هنا. احفظ الفيلم MP4.
media-unknown = نوع الملف غير معروف. المقبول JPEG وPNG وWebP وGIF وPDF وMP3 وM4A وOgg وMP4.
media-too-many = لا يُرفع أكثر من { $number } ملفًا معًا. ارفع الباقي بعدها.
media-busy = ملفات كثيرة تُرفع الآن. انتظر قليلًا ثم حاول.
media-disk = تعذّرت الكتابة على القرص. أخبر من يدير الخادم.
media-upload-gone = انتهى وقت هذا الرفع. اختر الملف مرة أخرى.
media-none-chosen = لم تختر ملفًا.
media-all-kept = أُضيفت الملفات إلى المكتبة.
media-kept = أُضيف الملف إلى المكتبة. صفه الآن.
media-described = حُفظ الوصف.
media-changed-meanwhile = غيّر غيرك الوصف في هذه الأثناء. ما كتبته باقٍ في الحقول: قارنه بالمحفوظ في نافذة أخرى، ثم أعد فتح الصفحة واحفظ.
media-gone = لا صورة ولا ملف بهذا الرقم.
media-parts = أقسام المكتبة
media-show-all = الكل
media-show-picture = صور
media-show-sound = صوت
media-show-film = أفلام
media-show-document = مستندات
media-show-other = مستورد
media-show-expired = انتهى حقها
media-is-picture = صورة
media-is-sound = صوت
media-is-film = فيلم
media-is-document = مستند
media-is-other = ملف مستورد
media-search = ابحث في المكتبة
media-search-go = ابحث
media-none = لا شيء هنا.
media-expired = انتهى حقها
media-expired-why = انتهى حق عرضها: لا يُنشر مقال بها حتى يُجدَّد.
media-no-alt = بلا نص بديل
media-choose-title = الصورة الرئيسة للمقال
media-choose = اجعلها الصورة الرئيسة
media-choose-other = صورة أخرى
media-choose-alt = اكتب نصها البديل أولًا: لا يُنشر المقال بدونه.
media-back = عودة إلى المقال
media-number = رقم { $number }
media-uploaded-by = رفعه:
media-download = نزّل الملف
media-alt = النص البديل
media-alt-hint = ما يظهر في الصورة، لمن لا يراها.
media-caption = الشرح
media-credit = المصدر
media-rights = الحقوق
media-rights-hint = بأي شروط تُعرض، ومن أذن.
media-expires = آخر يوم للعرض
media-expires-hint = فارغ: بلا نهاية.
media-focal = النقطة التي تبقى ظاهرة
media-focal-hint = انقر أهم ما في الصورة، أو اكتب بُعده بالمئة؛ فيبقى ظاهرًا إذا قُصّت.
media-focal-alt = اختر النقطة على الصورة واحفظ
media-focal_x = من اليسار
media-focal_y = من الأعلى
media-bad-point = اكتب عددًا من 0 إلى { $number }.
media-bad-day = اكتب يومًا، مثل 2026-12-31.
media-too-long = أطول من { $number } حرفًا. اختصر.
media-notation = لوضعها في النص
media-notation-hint = انسخ هذا إلى سطر وحده في نص المقال.
media-copy = انسخ
media-copied = نُسخ
media-uses = صورة رئيسة في
media-no-uses = ليست صورة رئيسة لمقال.
article-lead-choose = احفظ واختر صورة
article-lead-change = احفظ واختر غيرها
article-lead-remove = احفظ وأزلها
article-lead-describe = وصفها وحقوقها
article-did-lead = صارت الصورة رئيسة. لم يُنشر شيء بعد.
article-lead-note-first = حُفظ النص. في الصفحة ملاحظة أو سبب لم يُرسل بعد: أرسله أو امسحه، ثم اختر الصورة.
article-lead-no-picture = لا صورة بهذا الرقم في المكتبة.
difference = نصان متجاوران
difference-older = النص الأقدم
difference-newer = النص الأحدث
difference-how = ما حُذف مشطوب، وما أُضيف تحته خط.
difference-none = لا فرق بين النصين.
difference-coarse = الاختلاف كثير، فالفقرات الأخيرة معروضة كاملة.
difference-since = ما تغيّر منذ النشر
back-to-revisions = عودة إلى النصوص المحفوظة
compare = قارن النصين
compare-how = اختر نصين لتراهما متجاورين.
compare-one = الأول
compare-other = الثاني
compare-two = اختر نصين مختلفين ثم قارن بينهما.
block-moved = نُقل: كان في موضع آخر.
blocks-alike = { $count ->
    [one] فقرة واحدة لم تتغيّر
    [two] فقرتان لم تتغيّرا
    [few] { $count } فقرات لم تتغيّر
    [many] { $count } فقرة لم تتغيّر
   *[other] { $count } فقرة لم تتغيّر
}
was = حُذف:
became = أُضيف:
marked = تغيّر تنسيقه:
kind-headline = العنوان
kind-standfirst = المقدمة
kind-paragraph = فقرة
kind-heading-2 = عنوان فرعي من المستوى 2
kind-heading-3 = عنوان فرعي من المستوى 3
kind-heading-4 = عنوان فرعي من المستوى 4
kind-list = قائمة
kind-quotation = اقتباس
kind-picture = صورة
kind-gallery = صور
kind-table = جدول
kind-embed = من موقع آخر
kind-separator = فاصل
line-item = •
line-numbered = #
line-source = القائل
line-picture = الصورة
line-alt = ما فيها
line-caption = الشرح
line-credit = المصدر
line-head-row = صف الرأس
line-row = صف
line-cell = |
line-address = الرابط
house-found = { $count ->
    [one] لأسلوب الصحيفة اقتراح واحد
    [two] لأسلوب الصحيفة اقتراحان
    [few] لأسلوب الصحيفة { $count } اقتراحات
    [many] لأسلوب الصحيفة { $count } اقتراحًا
   *[other] لأسلوب الصحيفة { $count } اقتراح
}
house-why = هذه اقتراحات: لا يُغيَّر شيء من تلقاء نفسه، ولا يتوقف عليها شيء.
house-write = الأفضل:
house-tatweel = لا تطويل في عنوان.
house-straight-quotes = علامتا الاقتباس في العربية « ».
house-two-dots = النقطتان المتتاليتان ليستا علامة: ضع نقطة أو علامة الحذف.
house-latin-sign = علامة لاتينية بعد كلمة عربية.
house-hamza = سقطت همزة.
house-blanks = فراغات متتالية.
house-blank-before = لا فراغ قبل هذه العلامة.
house-no-blank-after = ضع فراغًا بعد هذه العلامة.
house-waw-apart = الواو تتصل بما بعدها.
house-blank-in-quotes = لا فراغ داخل علامتي الاقتباس.
house-relative-date = من يقرأ هذا لاحقًا لا يعرف أي تاريخ هو المقصود: اكتب التاريخ نفسه.
house-persian-letters = في الكلمة العربية أحرف فارسية.
house-presentation-forms = الأحرف هنا مكتوبة بأشكال العرض، كما تأتي من بعض البرامج: أعد كتابتها.
house-stray-controls = علامة خفية تقلب اتجاه ما بعدها: احذفها.
house-long = هنا { $number } حرفًا، وهذا كثير: الأقصر أيسر قراءة.
letters = الأحرف:
letters-over = هذا طويل.
keys = المفاتيح والشاشات
keys-why = تُعرف المفاتيح بمواضعها على اللوحة، أيًّا كانت لغتها.
keys-everywhere = في كل شاشة
screens = الشاشات
key-palette = انتقل إلى شاشة (على ماك: Cmd+K)
key-close = أغلق ما فُتح
palette = انتقل إلى شاشة
palette-field = أحرف من اسمها
palette-none = لا شاشة بهذا الاسم. جرّب أحرفًا أقل.
door-paper = الصحيفة كما يراها القراء
## الكتابة معًا
together-saved = محفوظ
together-saving = يُحفظ
together-offline = غير متصل: ما تكتبه يبقى في متصفحك ويُرسل حين يعود الاتصال
together-ended = نُشر هذا النص أو أُلغي ما كُتب منه. أعد تحميل الصفحة لتتابع.
together-left = هذا نص كتبته في هذا المتصفح ولم يصل قبل أن يُنشر المقال أو يُلغى ما كُتب منه. انسخ منه ما تريد.
together-full = لم يعد في هذا النص متسع. اقسمه مقالات، ثم أعد تحميل الصفحة.
together-damaged = تعذّر أخذ ما كُتب أخيرًا. انسخه من هنا، ثم أعد تحميل الصفحة.
together-not-sent = لم يصل كل ما كتبته بعد. انتظر حتى يعود الاتصال، ثم احفظ.
together-ask-link = إلى أي عنوان يقود الرابط؟
together-ask-language = ما رمز لغة هذه الكلمات؟ مثل en
together-tools = أدوات النص
together-strong = مهم
together-emphasis = مشدّد عليه
together-link = رابط
together-language = لغة
together-paragraph = فقرة
together-heading = عنوان
together-heading3 = عنوان أصغر
together-list = قائمة
together-numbered = قائمة مرقّمة
together-quotation = اقتباس
together-separator = فاصل
together-guillemets = «»
together-undo = تراجع
together-redo = إعادة
