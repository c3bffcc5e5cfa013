//! Sentences and what is read from them, a table for each rule.

use attribution::{Act, Article, Field, Kind, Reading, Resolution, Stance, Statement, read};

fn reading(title: &str, text: &str) -> Reading {
    read(&Article {
        title,
        text,
        published: Some(jiff::civil::date(2017, 9, 13)),
    })
}

/// The contents and speakers of a text.
fn said(text: &str) -> Vec<(String, String)> {
    reading("", text)
        .statements
        .iter()
        .map(|statement| {
            (
                statement.content.of(text).to_owned(),
                statement.canonical.clone().unwrap_or_default(),
            )
        })
        .collect()
}

fn check(text: &str, expect: &[(&str, &str)]) {
    let expect: Vec<_> = expect
        .iter()
        .map(|(content, speaker)| ((*content).to_owned(), (*speaker).to_owned()))
        .collect();
    assert_eq!(said(text), expect, "{text}\n{:#?}", reading("", text));
}

fn one(text: &str) -> Statement {
    let mut statements = reading("", text).statements;
    assert_eq!(statements.len(), 1, "{text}: {statements:#?}");
    statements.remove(0)
}

#[test]
fn the_verb_before_and_after_its_subject() {
    check(
        "قال وزير الخارجية الروسي سيرغي لافروف إن موسكو لم تشارك في الهجوم.",
        &[("موسكو لم تشارك في الهجوم", "سيرغي لافروف")],
    );
    check(
        "وزير الخارجية الروسي سيرغي لافروف قال إن موسكو لم تشارك في الهجوم.",
        &[("موسكو لم تشارك في الهجوم", "سيرغي لافروف")],
    );
    check(
        "وكان وزير الخارجية الروسي سيرغي لافروف قد قال إن الاجتماع تأجل.",
        &[("الاجتماع تأجل", "سيرغي لافروف")],
    );
    check(
        "وتقول أنقرة إنها ستواصل العملية.",
        &[("ستواصل العملية", "تركيا")],
    );
}

#[test]
fn appositions_between_verb_and_clause() {
    check(
        "قال المتحدث باسم الخارجية الإيرانية، ناصر كنعاني، الاثنين، إن بلاده مستعدة للحوار.",
        &[("بلاده مستعدة للحوار", "ناصر كنعاني")],
    );
    check(
        "قال تيري ديران مدير العمليات في منظمة أطباء بلا حدود إن المنظمة عملت هناك.",
        &[("المنظمة عملت هناك", "تيري ديران")],
    );
    check(
        "أكد أحمد الشامي، رئيس الهيئة العامة للنقل، أن الطريق مفتوح.",
        &[("الطريق مفتوح", "أحمد الشامي")],
    );
}

#[test]
fn dropped_subjects_and_participles() {
    check(
        "قال الوزير محمد الخطيب إن الطريق مفتوح، مضيفا أن العمل بدأ، ومشيرا إلى أن التمويل جاهز. وأكد أن الخطة قائمة.",
        &[
            ("الطريق مفتوح", "محمد الخطيب"),
            ("العمل بدأ", "محمد الخطيب"),
            ("التمويل جاهز", "محمد الخطيب"),
            ("الخطة قائمة", "محمد الخطيب"),
        ],
    );
}

#[test]
fn another_speaker_takes_the_word() {
    check(
        "قال وزير الخارجية الروسي سيرغي لافروف إن الاتفاق قريب. من جهته، أكد وزير الخارجية الفرنسي جان إيف لودريان أن باريس توافق. وأضاف أن اللقاء غدا.",
        &[
            ("الاتفاق قريب", "سيرغي لافروف"),
            ("باريس توافق", "جان إيف لودريان"),
            ("اللقاء غدا", "جان إيف لودريان"),
        ],
    );
}

#[test]
fn anaphora_and_metonymy() {
    check(
        "أعلنت وزارة الدفاع الروسية أن طائرة تحطمت. وأضاف البيان أن التحقيق بدأ. وأكدت الوزارة أن الطاقم نجا.",
        &[
            ("طائرة تحطمت", "وزارة الدفاع الروسية"),
            ("التحقيق بدأ", "وزارة الدفاع الروسية"),
            ("الطاقم نجا", "وزارة الدفاع الروسية"),
        ],
    );
    check(
        "قال وزير الخارجية السوري وليد المعلم إن الحوار مفتوح. وأكد الوزير أن الدستور قائم. ودعا المعلم إلى رفع العقوبات.",
        &[
            ("الحوار مفتوح", "وليد المعلم"),
            ("الدستور قائم", "وليد المعلم"),
            ("رفع العقوبات", "وليد المعلم"),
        ],
    );
    check("وأكدت موسكو أن القرار اتخذ.", &[("القرار اتخذ", "روسيا")]);
    check(
        "وقالت الخارجية العراقية إن السفير غادر.",
        &[("السفير غادر", "وزارة الخارجية العراقية")],
    );
    assert_eq!(
        one("أكد مسؤولون أن الطريق مغلق.").resolution,
        Resolution::Explicit
    );
}

#[test]
fn cues_before_and_after_the_clause() {
    check(
        "قتل ثلاثة جنود في الهجوم، بحسب وزارة الدفاع العراقية.",
        &[("قتل ثلاثة جنود في الهجوم", "وزارة الدفاع العراقية")],
    );
    check(
        "وحسب رأي الوزير محمد الخطيب، فإن الخطة ناجحة.",
        &[("الخطة ناجحة", "محمد الخطيب")],
    );
    check(
        "وسقطت القذائف قرب المدرسة، وفق ما أفاد مصدر أمني.",
        &[("وسقطت القذائف قرب المدرسة", "مصدر أمني")],
    );
}

#[test]
fn who_carries_is_not_who_speaks() {
    let text = "نقلت وكالة رويترز عن مسؤول أمريكي قوله إن الهدنة صامدة.";
    let statement = one(text);
    assert_eq!(statement.content.of(text), "الهدنة صامدة");
    assert_eq!(statement.canonical.as_deref(), Some("مسؤول أمريكي"));
    assert_eq!(
        statement.medium.map(|span| span.of(text)),
        Some("وكالة رويترز")
    );
}

#[test]
fn verbal_nouns() {
    check(
        "أعلن الجيش الإسرائيلي مقتل ثلاثة جنود في غزة.",
        &[("مقتل ثلاثة جنود في غزة", "الجيش الإسرائيلي")],
    );
    check(
        "جاء ذلك بعد قول الرئيس الروسي فلاديمير بوتين إن الحرب ستنتهي.",
        &[("الحرب ستنتهي", "فلاديمير بوتين")],
    );
    check("تعهدت كندا بوقف التصعيد.", &[("بوقف التصعيد", "كندا")]);
}

#[test]
fn acts_and_stances() {
    for (text, act, stance) in [
        (
            "نفى الوزير محمد الخطيب أن يكون الجيش انسحب.",
            Act::Deny,
            Stance::Neutral,
        ),
        (
            "زعم الوزير محمد الخطيب أن الجيش انسحب.",
            Act::Assert,
            Stance::Distancing,
        ),
        (
            "كشف الوزير محمد الخطيب أن الجيش انسحب.",
            Act::Assert,
            Stance::Endorsing,
        ),
        (
            "حذر الوزير محمد الخطيب من اندلاع حرب.",
            Act::Warn,
            Stance::Neutral,
        ),
        (
            "هدد الوزير محمد الخطيب بقطع العلاقات.",
            Act::Threaten,
            Stance::Neutral,
        ),
        (
            "طالب الوزير محمد الخطيب المجتمع الدولي بوقف الحرب.",
            Act::Call,
            Stance::Neutral,
        ),
        (
            "أدان الوزير محمد الخطيب الهجوم على المدرسة.",
            Act::Condemn,
            Stance::Neutral,
        ),
        (
            "أقر الوزير محمد الخطيب بأن الخطة فشلت.",
            Act::Concede,
            Stance::Neutral,
        ),
        (
            "توقع الوزير محمد الخطيب أن تنتهي الأزمة.",
            Act::Predict,
            Stance::Neutral,
        ),
    ] {
        let statement = one(text);
        assert_eq!((statement.act, statement.stance), (act, stance), "{text}");
        assert_eq!(
            statement.canonical.as_deref(),
            Some("محمد الخطيب"),
            "{text}"
        );
    }
}

#[test]
fn quotation_marks_of_all_kinds() {
    for (text, content, kind) in [
        (
            "قال بوتين: \"لن ننسحب من هناك\".",
            "لن ننسحب من هناك",
            Kind::Direct,
        ),
        (
            "قال بوتين إن «الحرب ستنتهي قريبا».",
            "الحرب ستنتهي قريبا",
            Kind::Direct,
        ),
        (
            "قال بوتين: «الحرب ستنتهي قريبا \".",
            "الحرب ستنتهي قريبا",
            Kind::Direct,
        ),
        (
            "قال بوتين: «لن نقبل هدنة مؤقتة.\nولن نفرج عن أحد».",
            "لن نقبل هدنة مؤقتة.\nولن نفرج عن أحد",
            Kind::Direct,
        ),
        (
            "قال بوتين: «لن نقبل هدنة مؤقتة.\n",
            "لن نقبل هدنة مؤقتة",
            Kind::Direct,
        ),
        (
            "قال بوتين إن الهدنة \"موسعة\" لكنها قصيرة.",
            "الهدنة \"موسعة\" لكنها قصيرة",
            Kind::Mixed,
        ),
        (
            "قال بوتين إن وكالة «رويترز» أخطأت.",
            "وكالة «رويترز» أخطأت",
            Kind::Indirect,
        ),
    ] {
        let statement = one(text);
        assert_eq!(
            (statement.content.of(text), statement.kind),
            (content, kind),
            "{text}"
        );
    }
}

#[test]
fn days_places_and_occasions() {
    let text = "قال وزير الخارجية السوري وليد المعلم، أمس الثلاثاء، خلال مؤتمر صحفي مشترك مع نظيره العراقي في دمشق إن الحوار مفتوح.";
    let statement = one(text);
    assert_eq!(statement.day.map(|span| span.of(text)), Some("أمس الثلاثاء"));
    assert_eq!(statement.date, Some(jiff::civil::date(2017, 9, 12)));
    assert_eq!(statement.place.map(|span| span.of(text)), Some("دمشق"));
    assert!(
        statement
            .occasion
            .expect("an occasion")
            .of(text)
            .starts_with("مؤتمر صحفي مشترك مع نظيره العراقي")
    );
    assert_eq!(statement.role.as_deref(), Some("وزير الخارجية السوري"));
}

#[test]
fn headlines_with_a_colon() {
    let text = "قال وزير الخارجية الروسي سيرغي لافروف إن الحرب ستنتهي.";
    for (title, speaker) in [
        ("لافروف: الحرب ستنتهي", Some("سيرغي لافروف")),
        ("وزير الخارجية الروسي: الحرب ستنتهي", Some("سيرغي لافروف")),
        ("الجزائر: سنقدم طلبا عاجلا", Some("الجزائر")),
        ("السعودية: تدمير طائرتين", None),
        ("كردستان العراق: قتلى في هجوم", None),
    ] {
        let reading = reading(title, text);
        let found = reading
            .statements
            .iter()
            .find(|statement| statement.field == Field::Title);
        assert_eq!(
            found.and_then(|statement| statement.canonical.as_deref()),
            speaker,
            "{title}"
        );
    }
}

#[test]
fn false_friends() {
    for text in [
        "يذكر أن الحرب بدأت عام 2011.",
        "لم يقل الوزير إن الحرب انتهت.",
        "تبنى التنظيم الهجوم على القرية.",
        "الانتخابات كانت في \"الدفاع الوطني\" أمس.",
        "سافر إلى مدينة حلب القديمة عدة مرات.",
        "وزارة الدفاع الروسية بين دمشق وبيروت.",
    ] {
        let reading = reading("", text);
        assert!(
            reading.statements.is_empty(),
            "{text}: {:#?}",
            reading.statements
        );
    }
}
