//! A JSON object that is being put together, with room for mistakes: every name and value is text
//! as it will be written.

/// `text` as a JSON string.
pub(crate) fn string(text: impl AsRef<str>) -> String {
    serde_json::Value::from(text.as_ref()).to_string()
}

/// An object.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// `{`, perhaps marked.
    pub open: String,
    pub members: Vec<Member>,
    /// What stands behind the last member: nothing, or a comma.
    pub tail: String,
    /// `}`, or nothing.
    pub close: String,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// Lines before it: comments.
    pub lead: Vec<String>,
    /// Its name as the tables know it, to find it again.
    pub name: String,
    /// Its name as it is written.
    pub key: String,
    pub value: Value,
    /// What stands between it and the next member: a comma, or a mark where it is missing.
    pub comma: String,
}

/// A member's value.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Text as it is written.
    Raw(String),
    Object(Draft),
}

impl Member {
    pub fn new(name: &str, value: Value) -> Self {
        let key = string(name);
        Self { lead: Vec::new(), name: name.to_owned(), key, value, comma: ",".to_owned() }
    }

    /// A member with a value as it is written.
    pub fn raw(name: &str, value: impl Into<String>) -> Self {
        Self::new(name, Value::Raw(value.into()))
    }
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            open: "{".to_owned(),
            members: Vec::new(),
            tail: String::new(),
            close: "}".to_owned(),
        }
    }
}

impl Draft {
    /// An object with these members, values as they are written.
    pub fn of(members: &[(&str, &str)]) -> Self {
        let members = members.iter().map(|(name, value)| Member::raw(name, *value)).collect();
        Self { members, ..Self::default() }
    }

    /// Sets a member, a new one before `auth` or at the end.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.set_value(name, Value::Raw(value.into()));
    }

    /// The same with any value.
    pub fn set_value(&mut self, name: &str, value: Value) {
        match self.members.iter_mut().find(|member| member.name == name) {
            Some(member) => member.value = value,
            None => self.insert(Member::new(name, value)),
        }
    }

    /// Adds a member before `auth` or at the end.
    pub fn insert(&mut self, member: Member) {
        let auth = self.members.iter().position(|member| member.name == "auth");
        self.members.insert(auth.unwrap_or(self.members.len()), member);
    }

    /// Takes a member out.
    pub fn remove(&mut self, name: &str) {
        self.members.retain(|member| member.name != name);
    }

    /// A member that is there.
    pub fn member(&mut self, name: &str) -> &mut Member {
        let member = self.members.iter_mut().find(|member| member.name == name);
        member.unwrap_or_else(|| panic!("there is no {name}"))
    }

    /// What is written for a member.
    ///
    /// # Panics
    /// It is an object.
    pub fn raw(&mut self, name: &str) -> String {
        match &self.member(name).value {
            Value::Raw(raw) => raw.clone(),
            Value::Object(_) => panic!("{name} is an object"),
        }
    }

    /// A member that is there and is an object.
    pub fn object(&mut self, name: &str) -> &mut Draft {
        match &mut self.member(name).value {
            Value::Object(draft) => draft,
            Value::Raw(value) => panic!("{name} is {value}, no object"),
        }
    }
}
