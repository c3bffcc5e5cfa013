//! The words of one generated article: headline, blocks, comments. They
//! follow from the seed, the number and the day; ids come later.

use anyhow::Context as _;
use editorial::{Block, BlockId, BlockKind, Body, body::ListItem, body::Mark, body::Run};
use jiff::civil::Date;

use super::{
    chance::Chance,
    grammar::{Grammar, ListId},
    voice::{Speaker, Voice},
};

/// Stands above the headline of every generated article, in lists too.
pub(super) const KICKER: &str = "نص مولَّد";
/// The last paragraph of every generated article.
pub(super) const STANDING_LINE: &str =
    "هذا نص مولَّد آليًّا لملء الصحيفة النموذجية: أشخاصه وهيئاته ووقائعه وأرقامه متخيَّلة كلها.";

/// The fewest and the most letters of a headline.
const HEADLINE_LETTERS: std::ops::RangeInclusive<usize> = 20..=120;
/// How long texts are: of a thousand, so many have fewer words than that.
const LENGTHS: [(usize, usize); 6] = [
    (0, 255),
    (250, 350),
    (500, 435),
    (750, 545),
    (950, 720),
    (1_000, 800),
];
/// Comments under an article at most.
pub(super) const COMMENTS_MAX: usize = 4;

/// A topic: its lists and the section it belongs to.
pub(super) struct Topic {
    /// The section's slug.
    pub(super) section: String,
    grammar: Grammar,
    lists: Lists,
    /// Every place an article on this topic may be about, none twice.
    cities: Vec<String>,
}

macro_rules! lists {
    ($($field:ident = $name:literal,)*) => {
        /// The lists that the composition asks for.
        struct Lists { $($field: ListId,)* }
        impl Lists {
            fn find(grammar: &Grammar) -> anyhow::Result<Self> {
                Ok(Self { $($field: grammar.find($name)?,)* })
            }
        }
    };
}

lists! {
    headline = "headline",
    standfirst = "standfirst",
    lead = "lead",
    fact = "fact",
    fact_any = "fact.any",
    clause = "clause",
    words = "words",
    frame_first = "frame.first",
    frame_switch = "frame.switch",
    frame_more = "frame.more",
    heading = "heading",
    list_lead = "listlead",
    item = "item",
    closing = "closing",
    first_man = "first.m",
    first_woman = "first.f",
    family = "family",
    role = "role",
    city = "city",
    agency = "agency",
    tag = "tag",
    correction = "correction",
    comment = "comment",
    answer = "answer",
}

/// What one article says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) headline: String,
    pub(super) standfirst: String,
    pub(super) dateline: String,
    pub(super) agency: String,
    /// Names of tags, none twice.
    pub(super) tags: Vec<String>,
    pub(super) body: Body,
    /// Everything a reader reads of the matter itself, for the signature.
    pub(super) matter: String,
    pub(super) correction: Option<String>,
    pub(super) comments: Vec<Reader>,
}

/// A reader's comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reader {
    pub(super) name: String,
    pub(super) text: String,
    /// Whether it answers the comment before it.
    pub(super) answers: bool,
}

impl Topic {
    /// Reads a topic's file.
    pub(super) fn parse(shared: &str, topic: &str) -> anyhow::Result<Self> {
        let grammar = Grammar::parse(shared, topic)?;
        let section = grammar.find("section")?;
        let lists = Lists::find(&grammar)?;
        let mut cities: Vec<String> = Vec::new();
        for city in grammar.plain(lists.city) {
            if !cities.iter().any(|known| known == city) {
                cities.push(city.to_owned());
            }
        }
        Ok(Self {
            section: grammar
                .plain(section)
                .first()
                .context("the list section holds the section's slug")?
                .to_string(),
            lists,
            cities,
            grammar,
        })
    }

    /// Every tag that an article on this topic may carry.
    pub(super) fn tags(&self) -> Vec<&str> {
        let mut tags = self.grammar.plain(self.lists.tag);
        tags.extend(self.cities.iter().map(String::as_str));
        tags
    }

    /// Full names for bylines, men and women in turn.
    pub(super) fn bylines(&self) -> impl Iterator<Item = String> {
        let men = self.grammar.plain(self.lists.first_man);
        let women = self.grammar.plain(self.lists.first_woman);
        let families = self.grammar.plain(self.lists.family);
        let pairs = men.into_iter().zip(women);
        pairs
            .flat_map(|(man, woman)| [man, woman])
            .zip(families.into_iter().cycle())
            .map(|(first, family)| format!("{first} {family}"))
    }

    /// Words the article that this chance makes, published on that day.
    ///
    /// `turn` counts the articles on this topic. The forms of headlines follow
    /// each other, and one form takes all places in turn, so that headlines
    /// near each other are never the same.
    pub(super) fn word(&self, chance: Chance, day: Date, turn: u64) -> Text {
        let lists = &self.lists;
        let mut voice = Voice::new(&self.grammar, chance, day);
        let forms = self.grammar.list(lists.headline).entries.len();
        let turn = usize::try_from(turn).unwrap_or(usize::MAX);
        let (round, form) = (turn / forms, turn % forms);
        let place = (round + form * self.cities.len() / forms) % self.cities.len();
        voice.keep(lists.city, self.cities[place].clone());
        let mut headline = voice.text_of(lists.headline, form);
        for _ in 0..8 {
            if HEADLINE_LETTERS.contains(&headline.chars().count()) {
                break;
            }
            headline = voice.text(lists.headline);
        }
        let optional = |voice: &mut Voice<'_>, share, list| {
            if voice.chance.percent(share) {
                voice.text(list)
            } else {
                String::new()
            }
        };
        let standfirst = optional(&mut voice, 80, lists.standfirst);
        let city = voice.text(lists.city);
        let dateline = optional(&mut voice, 70, lists.city);
        let agency = optional(&mut voice, 15, lists.agency);
        let mut tags = vec![city];
        for _ in 0..voice.chance.between(2, 4) {
            let tag = voice.text(lists.tag);
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        let mut page = Page {
            lists,
            body: Body::default(),
            matter: String::with_capacity(8_000),
            words: 0,
            speakers: Vec::new(),
            voice,
        };
        page.compose();
        let Page {
            body,
            matter,
            mut voice,
            ..
        } = page;
        let correction = voice
            .chance
            .percent(3)
            .then(|| voice.text(lists.correction));
        let comments = readers(&mut voice, lists);
        Text {
            headline,
            standfirst,
            dateline,
            agency,
            tags,
            body,
            matter,
            correction,
            comments,
        }
    }
}

fn readers(voice: &mut Voice<'_>, lists: &Lists) -> Vec<Reader> {
    if !voice.chance.percent(12) {
        return Vec::new();
    }
    let count = 1 + voice.chance.below(COMMENTS_MAX);
    (0..count)
        .map(|number| {
            let answers = number > 0 && voice.chance.percent(35);
            let names = if voice.chance.percent(40) {
                lists.first_woman
            } else {
                lists.first_man
            };
            let said = if answers { lists.answer } else { lists.comment };
            Reader {
                name: voice.text(names),
                text: voice.text(said),
                answers,
            }
        })
        .collect()
}

/// A body on its way.
struct Page<'t> {
    lists: &'t Lists,
    voice: Voice<'t>,
    body: Body,
    matter: String,
    words: usize,
    /// Who has spoken.
    speakers: Vec<Speaker>,
}

impl Page<'_> {
    fn compose(&mut self) {
        let target = self.target();
        let has_list = self.voice.chance.percent(30);
        let mut list_at = if has_list { target / 2 } else { usize::MAX };
        let mut heading_at = if target > 480 { 180 } else { usize::MAX };
        let mut lead = self.voice.text(self.lists.lead);
        self.add(&mut lead, self.lists.fact);
        self.paragraph(lead);
        self.words += count(STANDING_LINE);
        while self.words < target {
            if self.words >= heading_at {
                heading_at = self.words + 220;
                let text = self.voice.text(self.lists.heading);
                self.told(&text);
                self.block(BlockKind::Heading {
                    level: 2,
                    runs: vec![run(text)],
                });
            }
            if self.words >= list_at {
                list_at = usize::MAX;
                self.list();
            }
            let speech_left =
                self.voice.left(self.lists.clause) > 3 && self.voice.left(self.lists.words) > 3;
            match self.voice.chance.below(100) {
                0..45 if speech_left => self.speech(),
                45..50 if speech_left => self.quotation(),
                _ if self.voice.left(self.lists.fact_any) > 2 => self.facts(),
                _ if speech_left => self.speech(),
                _ => break,
            }
        }
        let closing = self.voice.text(self.lists.closing);
        self.paragraph(closing);
        self.block(BlockKind::Paragraph {
            runs: vec![Run {
                text: STANDING_LINE.to_owned(),
                marks: vec![Mark::Emphasis],
            }],
        });
    }

    /// The words this text shall have.
    fn target(&mut self) -> usize {
        let drawn = self.voice.chance.below(1_000);
        let above = LENGTHS.iter().position(|(share, _)| *share > drawn);
        let at = above.unwrap_or(LENGTHS.len() - 1).max(1);
        let ((from, shortest), (to, longest)) = (LENGTHS[at - 1], LENGTHS[at]);
        shortest + (longest - shortest) * (drawn - from) / (to - from)
    }

    fn facts(&mut self) {
        let first = self.fact();
        let mut text = self.voice.text(first);
        for _ in 0..self.voice.chance.between(1, 2) {
            let next = self.fact();
            self.add(&mut text, next);
        }
        self.paragraph(text);
    }

    /// The list of the next fact: the topic's own while it lasts, or any.
    fn fact(&mut self) -> ListId {
        let own_left = self.voice.left(self.lists.fact) > 0;
        let any_left = self.voice.left(self.lists.fact_any) > 0;
        if own_left && (!any_left || self.voice.chance.percent(60)) {
            self.lists.fact
        } else {
            self.lists.fact_any
        }
    }

    /// Somebody speaks, in a paragraph of one to three sentences.
    fn speech(&mut self) {
        let switched = self.take_the_floor();
        let frame = if switched {
            self.lists.frame_switch
        } else {
            self.lists.frame_first
        };
        let mut text = self.voice.text(frame);
        for _ in 0..self.voice.chance.between(0, 2) {
            self.add(&mut text, self.lists.frame_more);
        }
        self.paragraph(text);
        self.leave_the_floor();
    }

    fn quotation(&mut self) {
        self.take_the_floor();
        let words = self.voice.text(self.lists.words);
        let speaker = self.voice.hand_over(Speaker::default());
        let source = if speaker.known {
            speaker.short.clone()
        } else {
            speaker.full.clone()
        };
        self.voice.hand_over(Speaker {
            known: true,
            ..speaker
        });
        self.leave_the_floor();
        self.told(&words);
        self.block(BlockKind::Quotation {
            paragraphs: vec![vec![run(words)]],
            source: Some(source),
        });
    }

    /// Gives the floor to a new person or to one who spoke before; says
    /// whether somebody new speaks after another.
    fn take_the_floor(&mut self) -> bool {
        let after_another = !self.speakers.is_empty();
        if after_another && (self.speakers.len() >= 4 || self.voice.chance.percent(40)) {
            let at = self.voice.chance.below(self.speakers.len());
            let speaker = self.speakers.remove(at);
            self.voice.hand_over(speaker);
            return false;
        }
        let woman = self.voice.chance.percent(45);
        self.voice.hand_over(Speaker {
            woman,
            ..Speaker::default()
        });
        let first = self.voice.text(if woman {
            self.lists.first_woman
        } else {
            self.lists.first_man
        });
        let short = self.voice.text(self.lists.family);
        let role = self.voice.text(self.lists.role);
        self.voice.hand_over(Speaker {
            woman,
            full: format!("{role} {first} {short}"),
            short,
            known: false,
        });
        after_another && self.voice.chance.percent(60)
    }

    fn leave_the_floor(&mut self) {
        let speaker = self.voice.hand_over(Speaker::default());
        self.speakers.push(speaker);
    }

    fn list(&mut self) {
        let lead = self.voice.text(self.lists.list_lead);
        self.paragraph(lead);
        let ordered = self.voice.chance.percent(30);
        let items = (0..self.voice.chance.between(3, 5))
            .map(|_| {
                let text = self.voice.text(self.lists.item);
                self.told(&text);
                ListItem {
                    runs: vec![run(text)],
                    ..ListItem::default()
                }
            })
            .collect();
        self.block(BlockKind::List { ordered, items });
    }

    fn add(&mut self, text: &mut String, list: ListId) {
        text.push(' ');
        self.voice.write(list, text);
    }

    fn paragraph(&mut self, text: String) {
        self.told(&text);
        self.block(BlockKind::Paragraph {
            runs: vec![run(text)],
        });
    }

    fn told(&mut self, text: &str) {
        self.words += count(text);
        self.matter.push_str(text);
        self.matter.push('\n');
    }

    fn block(&mut self, kind: BlockKind) {
        let id = BlockId(u32::try_from(self.body.blocks.len()).unwrap_or(u32::MAX - 1) + 1);
        self.body.blocks.push(Block {
            id,
            lang: None,
            kind,
        });
    }
}

fn count(text: &str) -> usize {
    text.split(' ').count()
}

fn run(text: String) -> Run {
    Run {
        text,
        marks: Vec::new(),
    }
}
