//! An entity: what every file below `Data` holds.

use std::collections::HashMap;

use org_syntax::Span;

use super::ProjectFile;
use crate::Located;
use crate::xml::{Element, Xml, XmlError};

/// An entity as it is written: `<Entity type>` with `<Header>`, `<Properties>` full of `<Item>`, and
/// texts (`<konga.string name>`). Members that are not written are `None`; nothing is made up.
#[derive(Clone, Debug, Default)]
pub struct Entity {
    /// The attribute `type`, for example `SalesforceConnector`.
    pub kind: Option<Located>,
    /// `<Header>`
    pub header: Header,
    /// The items of `<Properties>` in the order of the text.
    pub items: Vec<Item>,
    /// The texts directly inside the entity: name and text.
    pub texts: Vec<(String, Located)>,
    /// Byte span of the name of the outermost element.
    pub root: Option<Span>,
    /// The name of the outermost element is `Entity`.
    pub is_entity: bool,
    /// What is wrong with the text; what is above was read all the same.
    pub errors: Vec<XmlError>,
}

/// `<Header>`
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// Byte span of the element's name.
    pub span: Option<Span>,
    /// `ID`, the entity's GUID.
    pub id: Option<Located>,
    /// `Name`
    pub name: Option<Located>,
    /// `Deleted="true"`: for the user it does not exist.
    pub is_deleted: bool,
}

/// `<Item key value>`
#[derive(Clone, Debug)]
pub struct Item {
    /// `key`
    pub key: Located,
    /// `value`
    pub value: Option<Located>,
    /// `enc="true"`: the value is encrypted.
    pub is_encrypted: bool,
    /// Byte span of the tag.
    pub span: Span,
}

impl Entity {
    /// Reads an entity's file. Never fails: see [`Entity::errors`].
    pub fn read(text: &str) -> Self {
        let xml = Xml::read(text);
        let mut entity = Self { errors: xml.errors().to_vec(), ..Self::default() };
        let Some(root) = xml.root() else { return entity };
        entity.root = Some(root.name_span);
        entity.is_entity = root.name == "Entity";
        if !entity.is_entity {
            return entity;
        }
        entity.kind = root.attribute("type").cloned();
        for (index, element) in xml.children(0) {
            match element.name.as_str() {
                "Header" => entity.header = Header::of(element),
                "Properties" => {
                    let items = xml.children(index).filter_map(|(_, item)| Item::of(item));
                    entity.items.extend(items);
                }
                "konga.string" => entity.texts.extend(named_text(element)),
                _ => {}
            }
        }
        entity
    }

    /// The item of this key; the last one when there are several, as its text is read in order.
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().rev().find(|item| item.key.value == key)
    }

    /// The value of the item of this key.
    pub fn value(&self, key: &str) -> Option<&Located> {
        self.item(key)?.value.as_ref()
    }

    /// The text of this name.
    pub fn text(&self, name: &str) -> Option<&Located> {
        self.texts.iter().find(|(written, _)| written == name).map(|(_, text)| text)
    }

    /// The type, when it is another one than that of an org.
    pub fn other_kind(&self) -> Option<&Located> {
        self.kind.as_ref().filter(|kind| kind.value.trim() != ProjectFile::ORGS)
    }

    /// The items whose key another one behind them has, too: their values are lost.
    pub fn overwritten(&self) -> impl Iterator<Item = (&Item, &Item)> {
        let mut last: HashMap<&str, &Item> = HashMap::new();
        self.items.iter().filter_map(move |item| {
            let earlier = last.insert(item.key.value.as_str(), item)?;
            Some((earlier, item))
        })
    }

    /// The GUID, when one is written.
    pub fn guid(&self) -> Option<&str> {
        let id = self.header.id.as_ref()?.value.trim();
        (!id.is_empty()).then_some(id)
    }
}

impl Header {
    fn of(element: &Element) -> Self {
        Self {
            span: Some(element.name_span),
            id: element.attribute("ID").cloned(),
            name: element.attribute("Name").cloned(),
            is_deleted: is_true(element.attribute("Deleted")),
        }
    }
}

impl Item {
    fn of(element: &Element) -> Option<Self> {
        if element.name != "Item" {
            return None;
        }
        Some(Self {
            key: element.attribute("key")?.clone(),
            value: element.attribute("value").cloned(),
            is_encrypted: is_true(element.attribute("enc")),
            span: element.tag_span,
        })
    }
}

fn is_true(value: Option<&Located>) -> bool {
    value.is_some_and(|value| value.value.trim().eq_ignore_ascii_case("true"))
}

fn named_text(element: &Element) -> Option<(String, Located)> {
    let name = element.attribute("name")?.value.clone();
    let span = element.text_span.unwrap_or(element.tag_span);
    Some((name, Located { value: element.text.clone(), span }))
}

#[cfg(test)]
mod tests;
