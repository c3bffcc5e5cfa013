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
