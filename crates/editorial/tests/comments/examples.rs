//! What each rule holds and what it leaves alone, by small examples.

use editorial::comment::{
    HoldRule,
    rules::{WordList, holds_in},
};

fn first(text: &str) -> Option<(HoldRule, &str)> {
    let holds = holds_in(text, WordList::built_in());
    let hold = holds.first()?;
    Some((hold.rule, hold.words(text)?))
}

#[test]
fn each_rule_shows_what_it_met() {
    for (text, rule, words) in [
        // As anybody writes it, and in disguise.
        ("روح يا حمار من هون", HoldRule::Word, "يا حمار"),
        ("هذا ك.ل.ب السلطة", HoldRule::Word, "ك.ل.ب السلطة"),
        ("شفتو خ ن ز ي ر يكتب", HoldRule::Word, "خ ن ز ي ر"),
        ("هاد ك*ب كبير", HoldRule::Word, "ك*ب"),
        ("قال 5نزير وراح", HoldRule::Word, "5نزير"),
        ("والله شر موطة", HoldRule::Word, "شر موطة"),
        ("ياكلب السلطة", HoldRule::Word, "ياكلب السلطة"),
        ("رجع يابنالكلب يكتب", HoldRule::Word, "يابنالكلب"),
        ("شو هالغبيييي", HoldRule::Word, "هالغبيييي"),
        ("حُثَـالة", HoldRule::Word, "حُثَـالة"),
        ("enta k@lb", HoldRule::Word, "k@lb"),
        ("hadi 9a7ba", HoldRule::Word, "9a7ba"),
        ("بصراحة حكيرة", HoldRule::Word, "حكيرة"),
        // With a letter less, without gaps, with a picture.
        ("انت حقر", HoldRule::Word, "حقر"),
        ("كلكمحثالةالبشر والله", HoldRule::Word, "كلكمحثالةالبشر"),
        ("يا 🐕 اسكت", HoldRule::Word, "يا"),
        // In letters of kin scripts.
        ("يا כלב", HoldRule::Word, "يا כלב"),
        // A threat and hate of words that say little alone.
        (
            "انتبه على عيالك، الدنيا صغيرة",
            HoldRule::Word,
            "انتبه على عيالك",
        ),
        ("الوافدين كلهم لصوص", HoldRule::Word, "كلهم لصوص"),
        // Advertising, by a phrase or by several words of trade.
        (
            "اسمع: قروض فورية للجميع",
            HoldRule::Advertising,
            "قروض فورية",
        ),
        (
            "فساتين وعطور للبيع بالتقسيط",
            HoldRule::Advertising,
            "فساتين وعطور للبيع بالتقسيط",
        ),
        // Links.
        ("شوف example[.]com هلق", HoldRule::Links, "example[.]com"),
        ("ادخل دردشة نقطة كوم", HoldRule::Links, "دردشة نقطة كوم"),
        ("قناتنا t . me / x", HoldRule::Links, "t . me / x"),
        ("كلموني wa.me/00000", HoldRule::Links, "wa.me/00000"),
        (
            "من https://a.example/1 و https://b.example/2",
            HoldRule::Links,
            "https://a.example/1",
        ),
        // Telephones.
        (
            "احكوا معي 0555 010 011 ضروري",
            HoldRule::Telephone,
            "0555 010 011",
        ),
        ("رقمي ٠٥٥-٥٠١-٠٠١١", HoldRule::Telephone, "٠٥٥-٥٠١-٠٠١١"),
        (
            "صفر خمسة خمسة خمسة صفر واحد صفر",
            HoldRule::Telephone,
            "صفر خمسة خمسة خمسة صفر واحد صفر",
        ),
        // Repetition.
        (
            "لا!!!!!!!!!!!!!!!!!!!!!!",
            HoldRule::Repetition,
            "!!!!!!!!!!!!!!!!!!!!!!",
        ),
        (
            "نعم نعم نعم نعم نعم نعم نعم",
            HoldRule::Repetition,
            "نعم نعم نعم نعم نعم نعم",
        ),
    ] {
        assert_eq!(first(text), Some((rule, words)), "{text}");
    }
}

#[test]
fn classes_of_abuse_are_held_whatever_their_words_are() {
    for text in [
        // Threats: who will, what, to whom, and with what of the body.
        "هنفرمكم كلكم",
        "غادي نسلخوك",
        "منقطعلو إيدو",
        "نعرف وين بتدرس بنتك",
        "ان شاء الله نشوفك مدعوس",
        "بترجع لأهلك بتابوت",
        "احفروا قبركم",
        "ghadi ndba7ak",
        // Groups of people, and what is said of them.
        "الفلاحين كلهم عالة",
        "السويسريين مجرد حشرات",
        "العمالة زبالة، رحلوهم",
        // Latin letters within Arabic words, digits that look like letters.
        "يا منyوك",
        "هاد kلب",
        "يا gh.بي",
        // Other dots than theirs.
        "هي قجبة معروفة",
        "يا حٮوان",
        // By ear.
        "رجل حئير",
        "خنزيل من خنازيل الحزب",
        // Most of it masked.
        "ابن الش****ة",
        "ya sh***ta",
        // Without gaps, whatever follows.
        "ياتيسمتى تفهم",
        // Pictures.
        "وجهك متل 💩",
        "🖕 للحكومة",
        "الحكومة 🐑🐑🐑",
        "ال🐕 اللي كتب هذا",
        // What is wished, what violence, and to whom.
        "يا رب السرطان ياكلك ببطء",
        "يستاهل الرجم حتى الموت",
        "قبرك قريب والله، والرصاصة ناطرتك",
        "راح اطلع روحك",
        // What opens a text and goes on with what somebody does.
        "تيس ويحلل السياسة",
        // Two letters other than they are, of who is called.
        "يا حنذير",
        "وصخ ابن وصخ",
        // Groups of two words, and a people whole.
        "أهل الشمال خونة بالدم",
        "شعب كامل من الخنازير",
        // A Latin letter beside the one it sounds like.
        "متخllلف رسمي",
        // The call without its last letter.
        "ي خول",
        // So long that it is several words.
        "والكلبداجايبكلامهمنين",
        // Signs alone.
        "@@@@@ ##### @@@@@ #####",
        // Keys beside each other.
        "شسيب ضصثقف شسيبلا",
    ] {
        let rule = first(text).map(|(rule, _)| rule);
        let is_held = matches!(rule, Some(HoldRule::Word | HoldRule::Repetition));
        assert!(is_held, "{text}");
    }
    for text in [
        // Offer, goods, and what lures.
        "نوفر لكم اثاث مستعمل بأسعار مناسبة والتوصيل متاح",
        "كنت مديون وبفضل الأستاذة للتداول سددت",
    ] {
        let rule = first(text).map(|(rule, _)| rule);
        assert_eq!(rule, Some(HoldRule::Advertising), "{text}");
    }
}

#[test]
fn what_only_looks_so_is_left_alone() {
    for text in [
        // What others said, and what somebody warns of.
        "قال المتهم للشاهد «سأقتلك» أمام المحكمة",
        "كلمة عاهرة وردت في أقوال الشاهد",
        "الدجال الذي يجلب الحبيب نصاب، وعليه بلاغات",
        "قالولو «يا جاهل» في البرنامج",
        "المدير قالي يا فاشل قدام الكل",
        "واحد نصاب أخذ من خالتي ألف",
        // What is denied, or said by somebody of himself.
        "الشعب مش غبي",
        "كنت حمار لما صدقتهم",
        // Sayings, names and matches.
        "موت يا حمار لحد ما يجيك العليق",
        "ابن الكلبي مؤرخ كبير",
        "نسحقهم في النهائي يا رجال",
        // Who advises, and who speaks up for others.
        "خاف على ولادك من الموبايل",
        "مش كل المهاجرين مجرمين، عيب هالتعميم",
        "القاتل لازم ينعدم، ويجب وقف القتل والذبح",
        // Numbers of papers and of who does not answer; sources.
        "رقم البلاغ ٤٤٠٢٢١٧ من شهر",
        "هاتف البلدية 0223456789 محدش بيرد عليه",
        "المرجع: تقرير 2023، متاح على who-report.example/ar/2023",
        // Words of a frame that say something else.
        "يجب وقف قتل الصحفيين في كل مكان",
        "كنت عند الدكتورة مع زوجي",
        "متى كانت وفاته وأين دفنه؟",
        "انشروا صورته يا شباب، الولد ضايع من مبارح",
        "خلي الماضي وراك وانتبه على صحتك",
        "اللاجئون في السودان يعانون من وباء الكوليرا",
        "جرت المفاوضات بسرية تامة، والجولة الجديدة بعد أيام",
        "أسعار الشقق والسيارات الجديدة ارتفعت بعد شهر",
        "متهم بقتله في السجن، والحكم المؤبد عادل",
        "حروف العربية وظروف الخريف",
        "أولاد الشوارع مسؤولية الدولة",
        // Latin letters beside Arabic ones, and known words.
        "تطبيق الـGPS على الـlaptop",
        "الجلاب في السوق، والأرض لنا",
        "قوات الأمن في الشارع",
        // Pictures of what is meant.
        "عيد أضحى مبارك 🐑🐑🐑",
        // A group, and nothing against it.
        "اللاجئين حقوقهم محفوظة، والعمال يعملون",
        // Words that hold the letters of others.
        "ضبطوا الكلبش وبكلبنان وتكنيك اللاعب وإلكترونيك",
        "كسر وكسب وعكس، حزب وزبون، خراب وخرافة وغدا",
        // Animals that are animals.
        "نهر الكلب والكلب البوليسي وكلاب الشوارع",
        "لحم الخنزير وحمار الوحش، وكلبي مات",
        "القطط والكلاب تحتاج إلى تلقيح",
        // Things, titles and words that are spoken of.
        "قرار غبي من البلدية، وكلمة «وغد» في القاموس",
        // What a threat has too, said without one.
        "الله يحفظ عيالك وبيتك، ودير بالك على حالك",
        "اللاجئون رجعوا إلى بيوتهم، والوافدون يعملون",
        // Counts in threes.
        "بلغ عدد السكان 23 450 000 نسمة",
        // Words side by side.
        "من أفق إلى أفق، كل أب وكل أم، كل ب 5 آلاف",
        // Short for something.
        "50 ل.س أو 3 د.ك، شركة ش.م.ل، و/أو غيرها",
        // Joy.
        "ههههههههههه حلووووووو!!! 😂😂😂",
        "الله الله الله يا سلام",
        // One link, and how people write of links.
        "الأرقام هنا: https://example.org/data",
        "فقاعة الدوت كوم سنة 2000",
        // Numbers.
        "المادة 12 من القانون 10 لسنة 2018، في 15/03/2019 و2024-05-01T10:00:00",
        "حضر 45,000 والميزانية 1,200,000,000 والنتيجة 3-1 و2-0",
        "بين 1948 و1967 و1973، الساعة 12:30 و15:45",
        "",
    ] {
        assert_eq!(first(text), None, "{text}");
    }
}
