//! Letters that hurried or careful writers put for another one.

/// Letters that may be meant by a digit within an Arabic word, as chats write
/// sounds that Latin lacks: «7مار», «5نزير».
pub(super) const fn of_digit(digit: char) -> &'static [char] {
    match digit {
        '0' => &['و', 'ه'],
        '1' => &['ا', 'ل'],
        '2' => &['ا', 'ق', 'ي'],
        '3' => &['ع', 'غ'],
        '5' => &['خ'],
        '4' => &['ذ', 'ش'],
        // «ز6الة»: as the b of Latin letters.
        '6' => &['ط', 'ب'],
        '7' => &['ح', 'خ'],
        '8' => &['ق', 'غ'],
        '9' => &['ق', 'ص'],
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
