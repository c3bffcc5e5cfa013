//! An export as a newspaper's WordPress writes it, of any size, the same for
//! the same number of articles.

use std::{
    fmt::Write as _,
    io::{BufWriter, Write},
    path::Path,
};

/// Words of news; forms with particles and endings are made of them.
const WORDS: &str = "وزير خارجية اجتماع اتفاق محادثات وفد مدينة شارع مدرسة مستشفى طريق جسر نهر ميناء سوق محكمة برلمان \
    حكومة مجلس لجنة تقرير بيان قرار مشروع قانون موازنة ميزانية تجارة زراعة صناعة تعليم صحة طقس مطر حرارة رياضة مباراة \
    فريق لاعب مدرب بطولة كأس مهرجان كتاب معرض متحف مسرح فيلم موسيقى شاعر كاتب صحافة إذاعة شاشة هاتف شبكة حاسوب برنامج \
    طالب أستاذ جامعة بحث علوم فضاء قمر نجم بحر جبل صحراء قرية حقل قمح زيتون عنب خبز ماء كهرباء غاز نفط سعر عملة مصرف \
    شركة عامل موظف نقابة عقد أجر سفر مطار قطار حافلة سيارة حادث إسعاف إطفاء شرطة حدود معبر لاجئ مخيم إغاثة منظمة دولة \
    أمم سلام هدنة مفاوضات وساطة مبعوث سفير زيارة قمة مؤتمر خطاب تصريح صحفي مراسل مصدر شاهد سكان أهالي أطفال نساء شباب \
    تنمية استثمار إعمار ترميم افتتاح توقيع إعلان تنفيذ تأجيل إلغاء موافقة رفض دعوة تحذير انتقاد ترحيب تعاون تنسيق متابعة";
const PREFIXES: [&str; 6] = ["", "ال", "و", "بال", "لل", "وال"];
const ENDINGS: [&str; 5] = ["", "", "ات", "ية", "ها"];
const OPENINGS: [&str; 6] = ["قال", "أعلن", "أكد", "وأضاف", "وأوضح", "وأشار إلى أن"];

const CATEGORIES: [(&str, &str, &str); 8] = [
    ("politics", "سياسة", ""),
    ("economy", "اقتصاد", ""),
    ("culture", "ثقافة", ""),
    ("sport", "رياضة", ""),
    ("science", "علوم", ""),
    ("local", "محليات", "politics"),
    ("markets", "أسواق", "economy"),
    ("football", "كرة القدم", "sport"),
];
const AUTHORS: u64 = 40;
const TAGS: u64 = 2_000;
/// Years of the archive; months of 28 days keep the arithmetic plain.
const YEARS: u64 = 16;
const DAYS_OF_YEAR: u64 = 12 * 28;
/// One picture for so many articles.
const ARTICLES_PER_PICTURE: u64 = 5;

/// Writes an export of so many articles. Returns its bytes.
pub(super) fn write_export(path: &Path, articles: u64) -> anyhow::Result<u64> {
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    head(&mut out, &words)?;
    let pictures = articles.div_ceil(ARTICLES_PER_PICTURE);
    let mut text = String::new();
    for number in 1..=articles {
        text.clear();
        if number % ARTICLES_PER_PICTURE == 1 {
            picture(&mut text, articles + 1 + number / ARTICLES_PER_PICTURE);
        }
        let lead = articles + 1 + chance.below(pictures);
        article(&mut text, number, articles, lead, &words, &mut chance)?;
        out.write_all(text.as_bytes())?;
    }
    out.write_all(b"</channel>\n</rss>\n")?;
    out.flush()?;
    // The system would write it to the disk beside the import.
    out.get_ref().sync_all()?;
    Ok(path.metadata()?.len())
}

/// A picture's name and its number in the export.
fn picture_path(number: u64) -> String {
    format!("2019/{:02}/picture-{number}", number % 12 + 1)
}

fn head(out: &mut impl Write, words: &[&str]) -> std::io::Result<()> {
    out.write_all(
        r#"<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>صحيفة القياس</title>
<link>https://measured.example</link>
<description>مولّدة للقياس</description>
<language>ar</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://measured.example</wp:base_site_url>
<wp:base_blog_url>https://measured.example</wp:base_blog_url>
"#
        .as_bytes(),
    )?;
    for author in 1..=AUTHORS {
        writeln!(
            out,
            "<wp:author><wp:author_id>{author}</wp:author_id><wp:author_login><![CDATA[writer{author}]]></wp:author_login><wp:author_email><![CDATA[writer{author}@measured.example]]></wp:author_email><wp:author_display_name><![CDATA[كاتب رقم {author}]]></wp:author_display_name></wp:author>"
        )?;
    }
    for (number, (slug, name, parent)) in (1..).zip(CATEGORIES) {
        writeln!(
            out,
            "<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename><![CDATA[{slug}]]></wp:category_nicename><wp:category_parent><![CDATA[{parent}]]></wp:category_parent><wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>"
        )?;
    }
    for tag in 0..TAGS {
        let (slug, name) = tag_names(tag, words);
        writeln!(
            out,
            "<wp:tag><wp:term_id>{}</wp:term_id><wp:tag_slug><![CDATA[{slug}]]></wp:tag_slug><wp:tag_name><![CDATA[{name}]]></wp:tag_name></wp:tag>",
            100 + tag
        )?;
    }
    Ok(())
}

fn tag_names(tag: u64, words: &[&str]) -> (String, String) {
    let at = |number: u64| words[usize::try_from(number).unwrap_or(0) % words.len()];
    let (one, other) = (at(tag), at(tag / 7 + 13));
    (
        encoded(&format!("{one}-{other}-{tag}")),
        format!("{one} {other} {tag}"),
    )
}

fn picture(text: &mut String, number: u64) {
    let path = picture_path(number);
    let _ = write!(
        text,
        "<item>\n<title><![CDATA[picture-{number}]]></title>\n<link>https://measured.example/?attachment_id={number}</link>\n<dc:creator><![CDATA[writer1]]></dc:creator>\n<guid isPermaLink=\"false\">https://measured.example/wp-content/uploads/{path}.jpg</guid>\n<description></description>\n<content:encoded><![CDATA[]]></content:encoded>\n<excerpt:encoded><![CDATA[صورة من الأرشيف]]></excerpt:encoded>\n<wp:post_id>{number}</wp:post_id>\n<wp:post_date><![CDATA[2019-01-01 10:00:00]]></wp:post_date>\n<wp:post_name><![CDATA[picture-{number}]]></wp:post_name>\n<wp:status><![CDATA[inherit]]></wp:status>\n<wp:post_parent>0</wp:post_parent>\n<wp:post_type><![CDATA[attachment]]></wp:post_type>\n<wp:attachment_url><![CDATA[https://measured.example/wp-content/uploads/{path}.jpg]]></wp:attachment_url>\n<wp:postmeta><wp:meta_key><![CDATA[_wp_attached_file]]></wp:meta_key><wp:meta_value><![CDATA[{path}.jpg]]></wp:meta_value></wp:postmeta>\n<wp:postmeta><wp:meta_key><![CDATA[_wp_attachment_image_alt]]></wp:meta_key><wp:meta_value><![CDATA[لقطة من المكان]]></wp:meta_value></wp:postmeta>\n</item>\n"
    );
}

fn article(
    text: &mut String,
    number: u64,
    articles: u64,
    lead: u64,
    words: &[&str],
    chance: &mut Chance,
) -> anyhow::Result<()> {
    let title = sentence(words, chance, 7);
    let slug = encoded(&format!(
        "{}-{number}",
        title.split(' ').take(4).collect::<Vec<_>>().join("-")
    ));
    // An archive of sixteen years, in the order in which it was written.
    let at = number * YEARS * DAYS_OF_YEAR / (articles + 1);
    let (year, of_year) = (2009 + at / DAYS_OF_YEAR, at % DAYS_OF_YEAR);
    let (month, day) = (of_year / 28 + 1, of_year % 28 + 1);
    let (hour, minute) = (chance.below(24), chance.below(60));
    let date = format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:00");
    write!(
        text,
        "<item>\n<title><![CDATA[{title}]]></title>\n<link>https://measured.example/{year}/{month:02}/{day:02}/{slug}/</link>\n<pubDate></pubDate>\n<dc:creator><![CDATA[writer{}]]></dc:creator>\n<guid isPermaLink=\"false\">https://measured.example/?p={number}</guid>\n<description></description>\n<content:encoded><![CDATA[",
        chance.below(AUTHORS) + 1
    )?;
    if number.is_multiple_of(2) {
        blocks(text, lead, words, chance)?;
    } else {
        classic(text, lead, words, chance)?;
    }
    let (slug_of, name_of, _) =
        CATEGORIES[usize::try_from(chance.below(CATEGORIES.len() as u64)).unwrap_or(0)];
    write!(
        text,
        "]]></content:encoded>\n<excerpt:encoded><![CDATA[{}]]></excerpt:encoded>\n<wp:post_id>{number}</wp:post_id>\n<wp:post_date><![CDATA[{date}]]></wp:post_date>\n<wp:post_date_gmt><![CDATA[{date}]]></wp:post_date_gmt>\n<wp:post_modified_gmt><![CDATA[{date}]]></wp:post_modified_gmt>\n<wp:comment_status><![CDATA[open]]></wp:comment_status>\n<wp:ping_status><![CDATA[closed]]></wp:ping_status>\n<wp:post_name><![CDATA[{slug}]]></wp:post_name>\n<wp:status><![CDATA[publish]]></wp:status>\n<wp:post_parent>0</wp:post_parent>\n<wp:menu_order>0</wp:menu_order>\n<wp:post_type><![CDATA[post]]></wp:post_type>\n<wp:post_password><![CDATA[]]></wp:post_password>\n<wp:is_sticky>0</wp:is_sticky>\n<category domain=\"category\" nicename=\"{slug_of}\"><![CDATA[{name_of}]]></category>\n",
        if number.is_multiple_of(3) {
            sentence(words, chance, 18)
        } else {
            String::new()
        }
    )?;
    for _ in 0..3 {
        let (slug, name) = tag_names(chance.below(TAGS), words);
        writeln!(
            text,
            "<category domain=\"post_tag\" nicename=\"{slug}\"><![CDATA[{name}]]></category>"
        )?;
    }
    write!(
        text,
        "<wp:postmeta><wp:meta_key><![CDATA[_edit_last]]></wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta>\n<wp:postmeta><wp:meta_key><![CDATA[_thumbnail_id]]></wp:meta_key><wp:meta_value><![CDATA[{lead}]]></wp:meta_value></wp:postmeta>\n"
    )?;
    if number.is_multiple_of(4) {
        writeln!(
            text,
            "<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author><![CDATA[قارئ {number}]]></wp:comment_author><wp:comment_author_email>reader{number}@mail.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP><wp:comment_date_gmt><![CDATA[{date}]]></wp:comment_date_gmt><wp:comment_content><![CDATA[{}]]></wp:comment_content><wp:comment_approved><![CDATA[1]]></wp:comment_approved><wp:comment_type><![CDATA[comment]]></wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>",
            sentence(words, chance, 12)
        )?;
    }
    text.push_str("</item>\n");
    Ok(())
}

/// The text as the block editor keeps it.
fn blocks(text: &mut String, lead: u64, words: &[&str], chance: &mut Chance) -> anyhow::Result<()> {
    write!(
        text,
        "<!-- wp:image {{\"id\":{lead},\"sizeSlug\":\"large\"}} -->\n<figure class=\"wp-block-image size-large\"><img src=\"https://measured.example/wp-content/uploads/{}-1024x683.jpg\" alt=\"\" class=\"wp-image-{lead}\"/></figure>\n<!-- /wp:image -->\n\n",
        picture_path(lead)
    )?;
    for _ in 0..6 {
        write!(
            text,
            "<!-- wp:paragraph -->\n<p>{} <strong>{}</strong> {}</p>\n<!-- /wp:paragraph -->\n\n",
            sentence(words, chance, 14),
            sentence(words, chance, 2),
            sentence(words, chance, 18)
        )?;
    }
    write!(
        text,
        "<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\"><p>{}</p></blockquote>\n<!-- /wp:quote -->",
        sentence(words, chance, 16)
    )?;
    Ok(())
}

/// The text as the classic editor keeps it.
fn classic(
    text: &mut String,
    lead: u64,
    words: &[&str],
    chance: &mut Chance,
) -> anyhow::Result<()> {
    write!(
        text,
        "[caption id=\"attachment_{lead}\" align=\"aligncenter\" width=\"600\"]<img class=\"size-large wp-image-{lead}\" src=\"https://measured.example/wp-content/uploads/{}-600x400.jpg\" alt=\"\" width=\"600\" height=\"400\" /> {}[/caption]\n\n",
        picture_path(lead),
        sentence(words, chance, 6)
    )?;
    for _ in 0..6 {
        write!(
            text,
            "{} <strong>{}</strong>&nbsp;{}\n\n",
            sentence(words, chance, 14),
            sentence(words, chance, 2),
            sentence(words, chance, 18)
        )?;
    }
    Ok(())
}

fn sentence(words: &[&str], chance: &mut Chance, length: u64) -> String {
    let mut out = String::new();
    if length > 10 {
        out.push_str(OPENINGS[usize::try_from(chance.below(6)).unwrap_or(0)]);
    }
    for _ in 0..length {
        let pick = chance.next();
        let at =
            |from: u32, count: usize| usize::try_from(pick >> from).unwrap_or(usize::MAX) % count;
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(PREFIXES[at(40, PREFIXES.len())]);
        out.push_str(words[at(8, words.len())]);
        out.push_str(ENDINGS[at(50, ENDINGS.len())]);
    }
    if length > 10 {
        out.push('.');
    }
    out
}

/// Percent-encoded in lower case, as WordPress keeps slugs.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02x}");
        }
        out
    })
}

/// xorshift64: the same numbers in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 20) % end.max(1)
    }
}
