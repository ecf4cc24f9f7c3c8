//! Which words differ between two texts? The fewest that went and came, in reading order.

/// A run of words, and on which side it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Same(String),
    Gone(String),
    New(String),
}

/// Beyond this many words that went or came, the whole stretch between equal ends counts as rewritten: nobody
/// reads a finer difference, and the search grows with the square of it.
const MOST_EDITS: usize = 300;

/// The differences between two texts, word by word (E. W. Myers, "An O(ND) difference algorithm", 1986). What is
/// the same is given as the new text has it; white space alone makes no difference.
pub fn difference(old: &str, new: &str) -> Vec<Piece> {
    let (old_words, new_words) = (words(old), words(new));
    let same = |(one, other): &(&&str, &&str)| one.trim() == other.trim();
    let head = old_words.iter().zip(&new_words).take_while(same).count();
    let shorter = old_words.len().min(new_words.len()) - head;
    let tail = old_words.iter().rev().zip(new_words.iter().rev()).take(shorter).take_while(same).count();

    let old_middle = old_words.get(head..old_words.len() - tail).unwrap_or_default();
    let new_tail = new_words.len() - tail;
    let mut pieces = Pieces::default();
    pieces.extend(Step::Same, new_words.get(..head).unwrap_or_default());
    edit(old_middle, new_words.get(head..new_tail).unwrap_or_default(), &mut pieces);
    pieces.extend(Step::Same, new_words.get(new_tail..).unwrap_or_default());
    pieces.finish()
}

/// Whether two texts have the same words.
pub fn same(one: &str, other: &str) -> bool {
    one == other || one.split_whitespace().eq(other.split_whitespace())
}

/// The words, each with the white space after it; what stands before the first is part of it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut in_word, mut seen) = (0, false, false);
    for (at, letter) in text.char_indices() {
        if !letter.is_whitespace() && !in_word && seen {
            words.extend(text.get(start..at));
            start = at;
        }
        in_word = !letter.is_whitespace();
        seen |= in_word;
    }
    if seen {
        words.extend(text.get(start..));
    }
    words
}

/// Pieces in the making. Between two runs that are the same, all that went stands before all that is new.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    same: String,
    gone: String,
    new: String,
}

impl Pieces {
    fn push(&mut self, step: Step, word: &str) {
        match step {
            Step::Same => {
                self.flush_changes();
                self.same.push_str(word);
            }
            Step::Gone => {
                self.flush_same();
                self.gone.push_str(word);
            }
            Step::New => {
                self.flush_same();
                self.new.push_str(word);
            }
        }
    }

    fn extend(&mut self, step: Step, words: &[&str]) {
        for word in words {
            self.push(step, word);
        }
    }

    fn flush_same(&mut self) {
        flush(&mut self.done, &mut self.same, Piece::Same);
    }

    fn flush_changes(&mut self) {
        flush(&mut self.done, &mut self.gone, Piece::Gone);
        flush(&mut self.done, &mut self.new, Piece::New);
    }

    fn finish(mut self) -> Vec<Piece> {
        self.flush_same();
        self.flush_changes();
        self.done
    }
}

fn flush(done: &mut Vec<Piece>, run: &mut String, kind: fn(String) -> Piece) {
    if !run.is_empty() {
        done.push(kind(std::mem::take(run)));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Same,
    Gone,
    New,
}

fn edit(old: &[&str], new: &[&str], pieces: &mut Pieces) {
    let Some(steps) = Search::new(old, new).steps() else {
        pieces.extend(Step::Gone, old);
        pieces.extend(Step::New, new);
        return;
    };
    let (mut old, mut new) = (old.iter(), new.iter());
    for step in steps {
        let gone = if step == Step::New { None } else { old.next() };
        if let Some(word) = if step == Step::Gone { gone } else { new.next() } {
            pieces.push(step, word);
        }
    }
}

/// The search for the fewest edits. A diagonal `k` is how many more old words than new ones lie behind.
struct Search<'a> {
    old: &'a [&'a str],
    new: &'a [&'a str],
    /// For each number of edits and each diagonal from `-edits` to `edits`: how far into the old words it leads.
    reached: Vec<Vec<Option<usize>>>,
}

impl<'a> Search<'a> {
    fn new(old: &'a [&'a str], new: &'a [&'a str]) -> Search<'a> {
        Search { old, new, reached: Vec::new() }
    }

    /// The steps from the old words to the new ones; none when there are too many edits.
    fn steps(mut self) -> Option<Vec<Step>> {
        let last = self.old.len().cast_signed() - self.new.len().cast_signed();
        for edits in 0..=(self.old.len() + self.new.len()).min(MOST_EDITS) {
            let mut row = vec![None; 2 * edits + 1];
            for (place, end) in row.iter_mut().enumerate().step_by(2) {
                let k = place.cast_signed() - edits.cast_signed();
                *end = self.start(edits, k).map(|(x, _)| self.follow(x, k));
                if k == last && *end == Some(self.old.len()) {
                    return Some(self.walk_back(edits, k));
                }
            }
            self.reached.push(row);
        }
        None
    }

    /// Along the diagonal as long as the words are the same.
    fn follow(&self, mut x: usize, k: isize) -> usize {
        while let Some(one) = self.old.get(x)
            && let Some(other) = x.checked_add_signed(-k).and_then(|y| self.new.get(y))
            && one.trim() == other.trim()
        {
            x += 1;
        }
        x
    }

    /// Where this number of edits first meets the diagonal, and by which step.
    fn start(&self, edits: usize, k: isize) -> Option<(usize, Step)> {
        let Some(fewer) = edits.checked_sub(1) else { return Some((0, Step::Same)) };
        let row = self.reached.get(fewer)?;
        let at = |k: isize| row.get(usize::try_from(k + fewer.cast_signed()).ok()?).copied().flatten();
        let gone = at(k - 1).filter(|x| *x < self.old.len()).map(|x| (x + 1, Step::Gone));
        let inside = |x: &usize| x.checked_add_signed(-k).is_some_and(|y| y <= self.new.len());
        let new = at(k + 1).filter(inside).map(|x| (x, Step::New));
        match (gone, new) {
            (Some(gone), Some(new)) => Some(if gone.0 > new.0 { gone } else { new }),
            (gone, new) => gone.or(new),
        }
    }

    fn walk_back(&self, edits: usize, mut k: isize) -> Vec<Step> {
        let (mut steps, mut x) = (Vec::new(), self.old.len());
        for edits in (0..=edits).rev() {
            let Some((start, step)) = self.start(edits, k) else { break };
            steps.extend(std::iter::repeat_n(Step::Same, x - start));
            match step {
                Step::Same => {}
                Step::Gone => {
                    steps.push(Step::Gone);
                    (x, k) = (start - 1, k - 1);
                }
                Step::New => {
                    steps.push(Step::New);
                    (x, k) = (start, k + 1);
                }
            }
        }
        steps.reverse();
        steps
    }
}
