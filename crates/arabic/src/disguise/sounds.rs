//! Letters that hurried or careful writers put for another one.

/// Letters that may be meant by a digit within an Arabic word, as chats write
/// sounds that Latin lacks: «7مار», «5نزير».
pub(super) const fn of_digit(digit: char) -> &'static [char] {
    match digit {
        '0' => &['و', 'ه'],
        '1' => &['ا', 'ل', 'ي'],
        '2' => &['ا', 'ق', 'ي'],
        '3' => &['ع', 'غ'],
        '5' => &['خ'],
        '4' => &['ذ', 'ش'],
        // «ز6الة»: as the b of Latin letters.
        '6' => &['ط', 'ب', 'ت'],
        '7' => &['ح', 'خ'],
        // «غ8ي»: as the B of Latin letters.
        '8' => &['ق', 'غ', 'ب'],
        '9' => &['ق', 'ص', 'و'],
        _ => &[],
    }
}

/// Letters that sound alike somewhere, so that one is written for the other:
/// «معرس» for «معرص», «همار» for «حمار», the Gulf's «جلب» for «كلب».
pub(super) const fn alike(letter: char, is_last: bool) -> &'static [char] {
    match letter {
        // «حمقا» for «حمقى», «حشرا» for «حشرة».
        'ا' if is_last => &['ي', 'ه'],
        'س' => &['ص', 'ث'],
        'ص' => &['س'],
        'ث' => &['س', 'ت'],
        'ت' => &['ط', 'ث'],
        'ط' => &['ت', 'ض'],
        'ض' => &['ظ', 'د', 'ط'],
        'ظ' => &['ض', 'ز'],
        'د' => &['ذ', 'ض'],
        'ذ' => &['د', 'ز'],
        'ز' => &['ذ', 'ظ'],
        'ه' | 'خ' => &['ح'],
        'ح' => &['ه', 'خ'],
        'ق' => &['ك', 'غ'],
        'ك' | 'غ' => &['ق'],
        'ج' => &['ك'],
        _ => &[],
    }
}

/// Letters that children, lispers and hurried writers put for another one, in words
/// so long that nothing else can be meant: «خنزيل».
pub(super) const fn far(letter: char, is_last: bool) -> &'static [char] {
    match letter {
        'ه' if is_last => &['ا'],
        'ل' | 'غ' => &['ر'],
        'ق' => &['خ'],
        'ت' => &['د'],
        'ك' => &['غ', 'خ'],
        'ش' => &['س'],
        'ز' => &['س', 'ج'],
        _ => &[],
    }
}

/// Letters that may be meant by a Latin one within an Arabic word, by sound or
/// shape: «kلب», «زlمل».
pub(super) const fn of_latin(letter: char) -> &'static [char] {
    match letter {
        'a' => &['ا', 'ه', 'ع'],
        'b' | 'p' => &['ب'],
        'c' => &['س', 'ك', 'ش'],
        'd' => &['د', 'ض', 'ذ'],
        'e' => &['ي', 'ا', 'ه'],
        'f' => &['ف'],
        'g' => &['ج', 'ق', 'ك', 'غ'],
        'h' => &['ه', 'ح'],
        'i' | 'y' => &['ي'],
        'j' => &['ج'],
        'k' => &['ك', 'ق'],
        'l' => &['ل', 'ا'],
        'm' => &['م'],
        'n' => &['ن'],
        'o' => &['و', 'ه'],
        'q' => &['ق'],
        'r' => &['ر'],
        's' => &['س', 'ص'],
        't' => &['ت', 'ط'],
        'u' | 'v' | 'w' => &['و'],
        'x' => &['خ'],
        'z' => &['ز', 'ظ', 'ذ'],
        _ => &[],
    }
}

/// The letter that two Latin ones write together.
pub(super) const fn of_two(one: char, two: char) -> Option<char> {
    match (one, two) {
        ('k', 'h') => Some('خ'),
        ('g', 'h') => Some('غ'),
        ('s' | 'c', 'h') => Some('ش'),
        ('t', 'h') => Some('ث'),
        ('d', 'h') => Some('ذ'),
        ('d', 'j') => Some('ج'),
        ('o', 'u' | 'o') => Some('و'),
        ('e', 'e') => Some('ي'),
        _ => None,
    }
}
