//! Where in a RON file does each value stand? A tolerant reading of its brackets, names and strings.
//!
//! serde gives the place of the first error only, and forgets all places afterwards. This outline keeps the byte
//! range of each field, element and entry, so that every problem can be shown at its own line. It never fails:
//! what is not RON is a leaf.

use std::ops::Range;

/// Deeper than this is a leaf: no questionnaire needs it, and the stack stays small.
const DEEPEST: usize = 100;

/// A value and what is inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// From the value's first byte to behind its last.
    pub range: Range<usize>,
    pub children: Vec<Child>,
    pub is_map: bool,
    /// There is a name in front of its parenthesis: `Some(…)`, `Choice(…)`.
    pub is_variant: bool,
}

/// Where a path leads in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach<'a, 'p> {
    /// The last node on the way.
    pub node: &'a Node,
    /// The first field that the file does not have, where the path leads further than the file.
    pub missing: Option<&'p str>,
}

/// A part of a value: a named field, a map's entry, or an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// The field's name or the map's key; none for an element of a list or a tuple.
    pub name: Option<String>,
    /// From the name's first byte, or the value's, to behind the value's last.
    pub range: Range<usize>,
    pub value: Node,
}

/// The outline of a file's first value.
pub fn outline(source: &str) -> Node {
    let mut reader = Reader { source, at: 0 };
    reader.value(0)
}

impl Node {
    /// The node at a path such as `questions[3].risk.severity`, or `when(0)(1)`: `[n]` is the n-th element of a list,
    /// whatever is wrapped around it, `(n)` the n-th part of this very node. Where the path leads further than the
    /// file, the last node on the way: a missing field is shown at the value that should have it.
    pub fn find<'p>(&self, path: &'p str) -> Reach<'_, 'p> {
        let mut node = self;
        for segment in segments(path) {
            let Some(next) = node.step(segment) else {
                let missing = match segment {
                    Segment::Name(name) => Some(name),
                    Segment::Index(_) | Segment::Part(_) => None,
                };
                return Reach { node, missing };
            };
            node = next;
        }
        Reach { node, missing: None }
    }

    fn step(&self, segment: Segment) -> Option<&Node> {
        if let Segment::Part(index) = segment {
            return self.children.get(index).map(|child| &child.value);
        }
        // `Choice([…])` is one value around a list: an index means the list's element, a name the struct's field.
        if let [only] = self.children.as_slice()
            && self.is_variant
            && only.name.is_none()
            && !only.value.children.is_empty()
        {
            return only.value.step(segment);
        }
        let found = match segment {
            Segment::Name(name) => self.children.iter().find(|child| child.name.as_deref() == Some(name)),
            Segment::Index(index) => self.children.iter().filter(|child| child.name.is_none()).nth(index),
            Segment::Part(_) => None,
        };
        found.map(|child| &child.value)
    }

    /// The innermost field, entry or element around a byte, from the outermost down.
    pub fn around(&self, byte: usize) -> Vec<&Child> {
        let mut way = Vec::new();
        let mut node = self;
        while let Some(child) =
            node.children.iter().find(|child| child.range.start <= byte && byte <= child.range.end)
        {
            way.push(child);
            node = &child.value;
        }
        way
    }

    /// The places of keys that stand twice in one map; RON would silently keep the last.
    pub fn duplicate_keys(&self, found: &mut Vec<(String, usize)>) {
        if self.is_map {
            let mut seen = std::collections::BTreeSet::new();
            for child in &self.children {
                if let Some(name) = &child.name
                    && !seen.insert(name)
                {
                    found.push((name.clone(), child.range.start));
                }
            }
        }
        for child in &self.children {
            child.value.duplicate_keys(found);
        }
    }
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    Name(&'a str),
    Index(usize),
    Part(usize),
}

fn segments(path: &str) -> impl Iterator<Item = Segment<'_>> {
    path.split_inclusive(['.', '[', '(']).filter_map(|part| {
        let part = part.trim_end_matches(['.', '[', '(']);
        let number = |close| part.strip_suffix(close).and_then(|index: &str| index.parse().ok());
        match (number(']'), number(')')) {
            _ if part.is_empty() => None,
            (Some(index), _) => Some(Segment::Index(index)),
            (_, Some(index)) => Some(Segment::Part(index)),
            (None, None) => Some(Segment::Name(part)),
        }
    })
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn skip_while(&mut self, test: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&test) {
            self.bump();
        }
    }

    /// White space, comments, and attributes such as `#![enable(…)]`.
    fn skip_blank(&mut self) {
        loop {
            self.skip_while(char::is_whitespace);
            if self.rest().starts_with("//") || self.rest().starts_with("#!") {
                self.skip_while(|letter| letter != '\n');
            } else if self.rest().starts_with("/*") {
                self.skip_block_comment();
            } else {
                return;
            }
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        loop {
            if self.rest().starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if self.rest().starts_with("*/") {
                depth -= 1;
                self.at += 2;
            } else if self.peek().is_none() {
                return;
            } else {
                self.bump();
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn value(&mut self, depth: usize) -> Node {
        self.skip_blank();
        let start = self.at;
        let leaf =
            |end: usize| Node { range: start..end, children: Vec::new(), is_map: false, is_variant: false };
        match self.peek() {
            Some('"') => {
                self.string();
                leaf(self.at)
            }
            Some('r') if self.rest().starts_with("r\"") || self.rest().starts_with("r#") => {
                self.raw_string();
                leaf(self.at)
            }
            Some('\'') => {
                self.bump();
                if self.peek() == Some('\\') {
                    self.bump();
                }
                self.bump();
                self.skip_while(|letter| letter != '\'' && letter != '\n');
                self.bump();
                leaf(self.at)
            }
            Some('(' | '[' | '{') if depth < DEEPEST => self.group(start, depth),
            Some(_) => {
                self.skip_while(|letter| !letter.is_whitespace() && !"()[]{},:\"/".contains(letter));
                if self.at == start {
                    self.bump();
                    return leaf(self.at);
                }
                let end = self.at;
                self.skip_blank();
                if self.peek() == Some('(') && depth < DEEPEST {
                    return self.group(start, depth);
                }
                self.at = end;
                leaf(end)
            }
            None => leaf(start),
        }
    }

    fn group(&mut self, start: usize, depth: usize) -> Node {
        let is_map = self.peek() == Some('{');
        let is_variant = self.at > start;
        self.bump();
        let mut children = Vec::new();
        loop {
            self.skip_blank();
            match self.peek() {
                None => break,
                Some(')' | ']' | '}') => {
                    self.bump();
                    break;
                }
                Some(',') => self.bump(),
                Some(_) => children.push(self.child(depth)),
            }
        }
        Node { range: start..self.at, children, is_map, is_variant }
    }

    fn child(&mut self, depth: usize) -> Child {
        let first = self.value(depth + 1);
        let end = self.at;
        self.skip_blank();
        if self.peek() == Some(':') {
            self.bump();
            let name = self.source.get(first.range.clone()).unwrap_or("").trim_matches('"').to_owned();
            let value = self.value(depth + 1);
            return Child { name: Some(name), range: first.range.start..value.range.end, value };
        }
        self.at = end;
        Child { name: None, range: first.range.clone(), value: first }
    }

    fn string(&mut self) {
        self.bump();
        loop {
            match self.peek() {
                None => return,
                Some('\\') => {
                    self.bump();
                    self.bump();
                }
                Some('"') => return self.bump(),
                Some(_) => self.bump(),
            }
        }
    }

    fn raw_string(&mut self) {
        self.bump();
        let hashes = self.rest().chars().take_while(|letter| *letter == '#').count();
        self.at += hashes;
        if self.peek() != Some('"') {
            return;
        }
        self.bump();
        let close = format!("\"{}", "#".repeat(hashes));
        self.at = match self.rest().find(&close) {
            Some(offset) => self.at + offset + close.len(),
            None => self.source.len(),
        };
    }
}
