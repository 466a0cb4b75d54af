//! Structure tree → openings and endings of tables, rows and cells, and their content.
//!
//! In: an opened file, and how far the walk has come. Out: the tables, in [`Progress`]. The tree
//! is walked once from its root, with a stack of its own. The reader below keeps no objects, but
//! the bytes of object streams, unpacked, until the file is closed; so the walk pauses when these
//! become many, and finds its way back when the file is opened anew.
//! Refuses: kids that have been there already, what is beyond the [`Limits`], values by reference
//! where files have none.

use hayro_syntax::Pdf;
use hayro_syntax::object::array::ArrayIter;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier};
use hayro_syntax::xref::XRef;
use rustc_hash::FxHashMap;

use super::build::{Builder, OpenCell, Place};
use super::{RowGroup, Tags};
use crate::pdf::metadata::text_string;

/// How much of a tree is read. Each bound is well above what a printed book needs.
pub(super) struct Limits {
    /// Kids looked at, elements and content alike.
    pub(super) kids: usize,
    /// Bytes of objects, each time that they are parsed; bounds the time that nested, shared or
    /// enormous objects take.
    pub(super) bytes: usize,
    /// Cells and ids of content kept, some 50 bytes each.
    pub(super) kept: usize,
    /// Elements within one another.
    pub(super) depth: usize,
    /// Bytes of objects from object streams before the file is opened anew.
    pub(super) unpacked: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // A book of 2,000 pages full of tables has some two million kids and a quarter of a
        // gigabyte of elements. Pages of web sites nest some dozens of elements.
        Limits { kids: 8_000_000, bytes: 512 << 20, kept: 4_000_000, depth: 256, unpacked: 32 << 20 }
    }
}

/// Objects in one attribute entry that are looked at; files have one to three.
const MAX_ATTRIBUTES: usize = 32;
/// Steps from a role to a standard one; files have one or two.
const MAX_ROLES: usize = 16;
/// Highest number of an object (ISO 32000-1, annex C.2); what is beyond is no element.
const MAX_OBJECT: u32 = 8_388_607;

#[derive(Default)]
struct Spent {
    kids: usize,
    bytes: usize,
    kept: usize,
}

/// Objects that have been kids already. An element has one parent, so this ends circles and what
/// is hung in many places to be walked again and again.
#[derive(Default)]
struct Seen(Vec<u64>);

impl Seen {
    /// Whether it comes for the first time.
    fn first(&mut self, object: u32) -> bool {
        if object > MAX_OBJECT {
            return false;
        }
        let (word, bit) = ((object / 64) as usize, 1 << (object % 64));
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let first = self.0[word] & bit == 0;
        self.0[word] |= bit;
        first
    }
}

/// What an element means for tables.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Table,
    Group(RowGroup),
    Row,
    Cell { head: bool },
    Span,
    Other,
}

impl Role {
    fn of(name: &[u8]) -> Self {
        match name {
            b"Table" => Role::Table,
            b"THead" => Role::Group(RowGroup::Head),
            b"TBody" => Role::Group(RowGroup::Body),
            b"TFoot" => Role::Group(RowGroup::Foot),
            b"TR" => Role::Row,
            b"TH" => Role::Cell { head: true },
            b"TD" => Role::Cell { head: false },
            b"Span" => Role::Span,
            _ => Role::Other,
        }
    }
}

/// What the end of an element ends.
#[derive(Clone, Copy, PartialEq)]
enum Opened {
    Nothing,
    Table,
    Group,
    Row,
    Cell,
}

/// An element whose kids are being walked, as it outlives the opening of the file.
#[derive(Clone, Copy)]
struct Step {
    source: Source,
    /// How many of its kids have been taken.
    taken: usize,
    /// The page of ids among its kids.
    page: Option<u32>,
    opened: Opened,
    /// Whether an actual text within the cell stands for what comes here.
    covered: bool,
}

/// Where an element is found again.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    Root,
    Object(ObjectIdentifier),
    /// In the element around it.
    Inline,
}

struct Frame<'a> {
    kids: Kids<'a>,
    step: Step,
}

/// `/K` is one kid or an array of them.
enum Kids<'a> {
    One(Option<MaybeRef<Object<'a>>>),
    Many(ArrayIter<'a>),
}

impl<'a> Kids<'a> {
    fn of(element: &Dict<'a>) -> Self {
        match element.get_raw::<Object<'a>>("K") {
            Some(MaybeRef::NotRef(Object::Array(array))) => Kids::Many(array.raw_iter()),
            other => Kids::One(other),
        }
    }
}

impl<'a> Iterator for Kids<'a> {
    type Item = MaybeRef<Object<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Kids::One(kid) => kid.take(),
            Kids::Many(kids) => kids.next(),
        }
    }
}

/// What stands at a place of the tree.
enum Node<'a> {
    Dict(Dict<'a>),
    Array(Array<'a>),
    Number(i64),
}

/// What is known so far; outlives the openings of the file.
#[derive(Default)]
pub(super) struct Progress {
    /// The way to where the walk stopped; empty before it begins.
    way: Vec<Step>,
    pages: FxHashMap<ObjectIdentifier, u32>,
    spent: Spent,
    seen: Seen,
    /// The table that is being read, last, and those that it stands in.
    open: Vec<Builder>,
    /// How many tables have been opened.
    opened: u32,
    pub(super) tags: Tags,
}

/// Why a walk ended.
#[derive(PartialEq)]
pub(super) enum End {
    /// At the end of the tree, or at a limit.
    Whole,
    /// The file is to be opened anew.
    Paused,
}

/// A walk during one opening of the file.
pub(super) struct Walk<'a, 'p> {
    xref: &'a XRef,
    /// The bytes of the file; objects that are not among them come from object streams.
    file: &'a [u8],
    unpacked: usize,
    roles: Option<Dict<'a>>,
    classes: Option<Dict<'a>>,
    limits: &'p Limits,
    progress: &'p mut Progress,
}

impl<'a, 'p> Walk<'a, 'p> {
    /// `None` where there is no tree.
    pub(super) fn over(pdf: &'a Pdf, limits: &'p Limits, progress: &'p mut Progress) -> Option<End> {
        let xref = pdf.xref();
        let catalog = xref.get::<Dict<'a>>(xref.root_id())?;
        let root = catalog.get::<Dict<'a>>("StructTreeRoot")?;
        if progress.way.is_empty() {
            let pages = (1..).zip(pdf.pages().iter());
            progress.pages = pages.filter_map(|(n, page)| Some((page.raw().obj_id()?, n))).collect();
            progress.way.push(Step {
                source: Source::Root,
                taken: 0,
                page: None,
                opened: Opened::Nothing,
                covered: false,
            });
        }
        let mut walk = Walk {
            xref,
            file: pdf.data().as_ref(),
            unpacked: 0,
            roles: root.get::<Dict<'a>>("RoleMap"),
            classes: root.get::<Dict<'a>>("ClassMap"),
            limits,
            progress,
        };
        let stack = walk.way_back(&root);
        Some(walk.tree(stack))
    }

    /// The elements in which the walk stopped, each at the kid that comes next.
    fn way_back(&mut self, root: &Dict<'a>) -> Vec<Frame<'a>> {
        let way = std::mem::take(&mut self.progress.way);
        let mut stack = Vec::with_capacity(way.len());
        for step in way {
            let mut kids = match step.source {
                Source::Root => Kids::of(root),
                Source::Inline => Kids::One(None),
                Source::Object(id) => match self.resolve(MaybeRef::Ref(id.into())) {
                    Some(Node::Dict(dict)) => Kids::of(&dict),
                    Some(Node::Array(array)) => Kids::Many(array.raw_iter()),
                    _ => Kids::One(None),
                },
            };
            if let Some(last) = step.taken.checked_sub(1) {
                kids.nth(last);
            }
            stack.push(Frame { kids, step });
        }
        stack
    }

    fn tree(&mut self, mut stack: Vec<Frame<'a>>) -> End {
        while let Some(frame) = stack.last_mut() {
            let Some(kid) = frame.kids.next() else {
                let ended = frame.step.opened;
                stack.pop();
                self.close(ended);
                continue;
            };
            frame.step.taken += 1;
            let outer = frame.step;
            if !self.may_go_on() {
                // Tables that are still open lack rows, and a table without some of its rows
                // would look whole.
                self.progress.tags.truncated = true;
                return End::Whole;
            }
            if let Some(inner) = self.kid(kid, outer, stack.len()) {
                stack.push(inner);
            }
            if self.unpacked > self.limits.unpacked && stack.iter().all(|f| f.step.source != Source::Inline) {
                self.progress.way = stack.iter().map(|f| f.step).collect();
                return End::Paused;
            }
        }
        End::Whole
    }

    /// Takes a kid of an element; one that has kids itself is returned.
    fn kid(&mut self, kid: MaybeRef<Object<'a>>, outer: Step, depth: usize) -> Option<Frame<'a>> {
        let source = kid.as_obj_ref().map_or(Source::Inline, |r| Source::Object(r.into()));
        if matches!(source, Source::Object(id) if !self.progress.seen.first(id.obj_number)) {
            return None;
        }
        let node = self.resolve(kid)?;
        let deep = depth >= self.limits.depth;
        match node {
            Node::Number(id) => self.content(outer.page, u32::try_from(id).ok(), outer.covered),
            Node::Dict(dict) if !dict.contains_key("S") && dict.contains_key("MCID") => {
                self.marked_content(&dict, outer);
            }
            // Object references: annotations, which hold no text of the page.
            Node::Dict(dict) if !dict.contains_key("S") && dict.contains_key("Obj") => {}
            Node::Dict(_) | Node::Array(_) if deep => {
                self.progress.tags.truncated = true;
                if let Some(cell) = self.cell() {
                    cell.incomplete = true;
                }
            }
            Node::Dict(dict) => {
                let step = Step { source, taken: 0, ..self.element(&dict, outer, depth) };
                return Some(Frame { kids: Kids::of(&dict), step });
            }
            Node::Array(array) => {
                let step = Step { source, taken: 0, opened: Opened::Nothing, ..outer };
                return Some(Frame { kids: Kids::Many(array.raw_iter()), step });
            }
        }
        None
    }

    /// The cell that is open in the innermost table.
    fn cell(&mut self) -> Option<&mut OpenCell> {
        self.progress.open.last_mut().and_then(Builder::cell)
    }

    fn may_go_on(&mut self) -> bool {
        let (spent, limits) = (&mut self.progress.spent, self.limits);
        spent.kids += 1;
        spent.kids <= limits.kids && spent.bytes <= limits.bytes && spent.kept <= limits.kept
    }

    /// Follows a reference from the table of objects and not from the object that it stands in:
    /// the latter remembers the way to it, which grows with each step.
    fn resolve(&mut self, object: MaybeRef<Object<'a>>) -> Option<Node<'a>> {
        let node = match object {
            // Asked for as a dictionary first, so that the data of a stream is not looked for.
            MaybeRef::Ref(r) => {
                let (xref, id) = (self.xref, r.into());
                (xref.get::<Dict<'a>>(id).map(Node::Dict))
                    .or_else(|| xref.get::<Array<'a>>(id).map(Node::Array))
                    .or_else(|| xref.get::<Number>(id).map(|n| Node::Number(n.as_i64())))
            }
            MaybeRef::NotRef(Object::Dict(dict)) => Some(Node::Dict(dict)),
            MaybeRef::NotRef(Object::Array(array)) => Some(Node::Array(array)),
            MaybeRef::NotRef(Object::Number(n)) => Some(Node::Number(n.as_i64())),
            MaybeRef::NotRef(_) => None,
        };
        let bytes = match &node {
            Some(Node::Dict(dict)) => dict.data(),
            Some(Node::Array(array)) => array.data(),
            _ => &[],
        };
        self.progress.spent.bytes += bytes.len();
        if !self.file.as_ptr_range().contains(&bytes.as_ptr()) {
            self.unpacked += bytes.len();
        }
        node
    }

    fn element(&mut self, dict: &Dict<'a>, outer: Step, depth: usize) -> Step {
        let role = self.role(dict);
        let opened = self.open(role, dict);
        let covered = match (opened, self.cell()) {
            (Opened::Nothing, Some(_)) if outer.covered => true,
            (Opened::Nothing | Opened::Cell, Some(cell)) => {
                let text = actual_text(dict);
                let covered = text.is_some();
                cell.said.element(text, role == Role::Span, depth);
                covered
            }
            _ => false,
        };
        Step { page: self.page_of(dict, outer.page), opened, covered, ..outer }
    }

    /// Opens a table, or of the innermost open table what may stand where the element stands.
    fn open(&mut self, role: Role, dict: &Dict<'a>) -> Opened {
        if role == Role::Table {
            self.progress.opened += 1;
            self.progress.open.push(Builder::new(self.progress.opened));
            return Opened::Table;
        }
        let Some(table) = self.progress.open.last_mut() else { return Opened::Nothing };
        match role {
            Role::Group(group) if table.may_open_group() => {
                table.open_group(group);
                Opened::Group
            }
            Role::Row if table.may_open_row() => {
                self.progress.spent.kept += table.open_row();
                Opened::Row
            }
            Role::Cell { head } if table.may_open_cell() => {
                let place = self.place(dict);
                let id = inline(dict, "ID").and_then(Object::into_string).filter(|_| head);
                if let Some(table) = self.progress.open.last_mut() {
                    table.open_cell(head, &place, id.as_deref());
                }
                Opened::Cell
            }
            _ => Opened::Nothing,
        }
    }

    fn close(&mut self, opened: Opened) {
        let Progress { open, spent, tags, .. } = &mut *self.progress;
        let Some(table) = open.last_mut() else { return };
        match opened {
            Opened::Nothing => {}
            Opened::Cell => table.close_cell(),
            Opened::Row => spent.kept += table.close_row(),
            Opened::Group => table.close_group(),
            Opened::Table => {
                if let Some(table) = open.pop() {
                    tags.tables.extend(table.finish());
                }
            }
        }
    }

    /// A marked-content reference.
    fn marked_content(&mut self, dict: &Dict<'a>, outer: Step) {
        let page = self.page_of(dict, outer.page);
        if dict.contains_key("Stm") {
            let forms = &mut self.progress.tags.forms;
            forms.extend(page.filter(|p| forms.last() != Some(p)));
            self.content(page, None, outer.covered);
        } else {
            let id = inline(dict, "MCID").and_then(Object::into_number);
            self.content(page, id.and_then(|id| u32::try_from(id.as_i64()).ok()), outer.covered);
        }
    }

    /// Content for the open cell, if any; without an id where it has none that counts.
    fn content(&mut self, page: Option<u32>, id: Option<u32>, covered: bool) {
        let Progress { open, spent, .. } = &mut *self.progress;
        let Some(cell) = open.last_mut().and_then(Builder::cell) else { return };
        match page.zip(id) {
            Some(place) => {
                spent.kept += 1;
                cell.content.push(place);
            }
            None => cell.incomplete = true,
        }
        if !covered {
            cell.said.uncovered();
        }
    }

    /// `/Pg` of an element or reference, else that of the element around it. A page that is not
    /// in the page tree is none: the ids are not those of the page around.
    fn page_of(&self, dict: &Dict<'a>, outer: Option<u32>) -> Option<u32> {
        match dict.get_ref("Pg") {
            Some(page) => self.progress.pages.get(&page.into()).copied(),
            None => outer,
        }
    }

    /// The standard role of an element. The map is asked for standard names as well, since it may
    /// say that they are used for something else.
    fn role(&self, dict: &Dict<'a>) -> Role {
        let Some(own) = inline(dict, "S").and_then(Object::into_name) else { return Role::Other };
        let Some(map) = &self.roles else { return Role::of(&own) };
        let mut name = own.clone();
        for _ in 0..MAX_ROLES {
            match inline(map, &name).and_then(Object::into_name) {
                Some(next) if next != name => name = next,
                _ => return Role::of(&name),
            }
        }
        // A circle maps to nothing.
        Role::of(&own)
    }

    /// What the classes of a cell say, then what its own attributes do, which take precedence.
    fn place(&mut self, cell: &Dict<'a>) -> Place {
        let mut place = Place::default();
        for name in classes(cell) {
            if let Some(entry) = self.classes.as_ref().and_then(|c| c.get_raw::<Object<'a>>(&name)) {
                self.attributes(entry, &mut place);
            }
        }
        if let Some(entry) = cell.get_raw::<Object<'a>>("A") {
            self.attributes(entry, &mut place);
        }
        place
    }

    /// One attribute object or an array of them, between which revision numbers may stand.
    fn attributes(&mut self, entry: MaybeRef<Object<'a>>, place: &mut Place) {
        match self.resolve(entry) {
            Some(Node::Dict(dict)) => place.take(&dict),
            Some(Node::Array(array)) => {
                for item in array.raw_iter().take(MAX_ATTRIBUTES) {
                    if let Some(Node::Dict(dict)) = self.resolve(item) {
                        place.take(&dict);
                    }
                }
            }
            _ => {}
        }
    }
}

/// A value that stands in the dictionary itself. References are followed only where files have
/// them: each costs as much as the object that it leads to, however often it has been there.
pub(super) fn inline<'a>(dict: &Dict<'a>, key: impl AsRef<[u8]>) -> Option<Object<'a>> {
    match dict.get_raw::<Object<'a>>(key)? {
        MaybeRef::NotRef(value) => Some(value),
        MaybeRef::Ref(_) => None,
    }
}

/// Names of the attribute classes of an element.
fn classes<'a>(element: &Dict<'a>) -> Vec<Name<'a>> {
    match inline(element, "C") {
        Some(Object::Name(name)) => vec![name],
        Some(Object::Array(names)) => {
            let names = names.raw_iter().take(MAX_ATTRIBUTES);
            let names = names.filter_map(|item| match item {
                MaybeRef::NotRef(Object::Name(name)) => Some(name),
                _ => None,
            });
            names.collect()
        }
        _ => Vec::new(),
    }
}

/// Longest actual text that is kept, bytes.
const MAX_TEXT: usize = 4096;

fn actual_text(element: &Dict<'_>) -> Option<String> {
    let text = inline(element, "ActualText")?.into_string()?;
    (text.len() <= MAX_TEXT).then(|| text_string(&text))
}
