//! A repository of very many files, in few of which something logs in to Salesforce.

use std::fs;
use std::io;
use std::path::Path;

use crate::random::Random;

/// So many files are in a folder.
const FOLDER: usize = 25;

/// A kind of file: the end of its name, how many of a thousand are of it, and lines as they stand in one.
struct Kind {
    end: &'static str,
    per_thousand: usize,
    lines: &'static [&'static str],
}

const fn kind(end: &'static str, per_thousand: usize, lines: &'static [&'static str]) -> Kind {
    Kind { end, per_thousand, lines }
}

const PYTHON: &[&str] = &[
    "from dataclasses import dataclass, field\n",
    "def total(self, items, force=False):\n    return sum(item.price for item in items if item.sold or force)\n",
    "        self.session = requests.Session()\n        self.session.headers.update({'Accept': 'application/json'})\n",
    "    # The client is closed by the caller, so that several queries share it.\n",
    "    if not response.ok:\n        raise ServiceError(f'{response.status_code}: {response.reason}')\n",
    "class Orders(Base):\n    __tablename__ = 'orders'\n\n    id = Column(Integer, primary_key=True)\n",
    "    username = os.environ['REPORTS_USER']\n    password = os.environ['REPORTS_PASSWORD']\n",
];
const JAVASCRIPT: &[&str] = &[
    "import { useEffect, useState } from 'react';\n",
    "export async function load(id) {\n  const answer = await fetch(`/api/orders/${id}`);\n  return answer.json();\n}\n",
    "const { data, error, isLoading } = useQuery(['orders', page], () => list(page));\n",
    "  // Sorted by the server: the newest first.\n",
    "  it('shows what is selected', () => {\n    expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Zürich');\n  });\n",
    "module.exports = { connect, login, logout, version: '4.2.1' };\n",
    "  await api.login(user.name, user.password, { remember: true });\n",
];
const JAVA: &[&str] = &[
    "package com.acme.orders.service;\n\nimport java.util.List;\nimport java.util.Optional;\n",
    "    @Autowired\n    private OrderRepository orders;\n",
    "    public Optional<Order> find(final String id) {\n        return orders.findById(id).filter(order -> !order.isDeleted());\n    }\n",
    "    /**\n     * Says which shipments are late.\n     *\n     * @return never null\n     */\n",
    "        LOGGER.info(\"{} orders were sent to {}\", count, endpoint);\n",
    "        config.setUsername(properties.getUser());\n        config.setPassword(properties.getPassword());\n",
];
const C_LIKE: &[&str] = &[
    "namespace Acme.Orders;\n\npublic sealed record Shipment(string Id, DateTime Sent);\n",
    "func (s *Server) handle(w http.ResponseWriter, r *http.Request) {\n\tif err := s.check(r); err != nil {\n\t\thttp.Error(w, err.Error(), http.StatusBadRequest)\n\t\treturn\n\t}\n}\n",
    "    public function sections(): array {\n        return $this->hasMany(Section::class)->orderBy('position')->get()->all();\n    }\n",
    "  def index\n    @orders = Order.includes(:lines).where(state: params[:state]).page(params[:page])\n  end\n",
    "// Nothing is sent before the transaction has ended.\n",
];
const SHELL: &[&str] = &[
    "#!/usr/bin/env bash\nset -euo pipefail\n",
    "for service in orders shipping billing; do\n  docker build --tag \"acme/$service:$VERSION\" \"services/$service\"\ndone\n",
    "curl --silent --fail --output /dev/null \"$HEALTH_URL\" || exit 1\n",
];
const JSON: &[&str] = &[
    "{\n  \"name\": \"orders\",\n  \"version\": \"1.4.2\",\n  \"private\": true\n}\n",
    "  { \"id\": \"5f1c\", \"state\": \"shipped\", \"lines\": [ { \"sku\": \"A-100\", \"count\": 3 } ] },\n",
    "  \"translations\": { \"save\": \"Speichern\", \"cancel\": \"Abbrechen\", \"sf_hint\": \"-\" },\n",
];
const XML: &[&str] = &[
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<project>\n  <modelVersion>4.0.0</modelVersion>\n</project>\n",
    "  <dependency><groupId>org.example</groupId><artifactId>orders</artifactId><version>2.1</version></dependency>\n",
    "  <string name=\"settings_title\">Settings</string>\n",
];
const PROPERTIES: &[&str] = &[
    "# the service\nserver.port=8080\nspring.datasource.url=jdbc:postgresql://db/orders\n",
    "orders.title=Bestellungen\norders.empty=Keine Bestellungen\n",
];
const PROSE: &[&str] = &[
    "# Orders\n\nThe service keeps what customers have ordered, and tells shipping.\n\n",
    "```console\n$ make test\n```\n\nTo log in, ask the platform team for a user name and a password.\n\n",
    "- The force of habit is the best documentation.\n- Every service has an owner.\n",
];
const MARKUP: &[&str] = &[
    ".orders > li:nth-child(even) {\n  background: #fafafa;\n  padding: 0.25rem 1rem;\n}\n",
    "<section class=\"orders\"><h2>Orders</h2><p>None so far.</p></section>\n",
    "services:\n  orders:\n    image: acme/orders:1.4\n    ports: [\"8080:8080\"]\n",
];

/// All kinds; together a thousand with those that are no text.
const KINDS: [Kind; 23] = [
    kind("py", 120, PYTHON),
    kind("js", 100, JAVASCRIPT),
    kind("ts", 100, JAVASCRIPT),
    kind("tsx", 40, JAVASCRIPT),
    kind("java", 130, JAVA),
    kind("cs", 60, C_LIKE),
    kind("go", 60, C_LIKE),
    kind("rb", 40, C_LIKE),
    kind("php", 40, C_LIKE),
    kind("sh", 20, SHELL),
    kind("json", 70, JSON),
    kind("xml", 40, XML),
    kind("properties", 20, PROPERTIES),
    kind("md", 60, PROSE),
    kind("html", 20, MARKUP),
    kind("css", 20, MARKUP),
    kind("yaml", 20, MARKUP),
    kind("svg", 10, MARKUP),
    kind("txt", 5, PROSE),
    kind("c", 10, C_LIKE),
    kind("rs", 5, C_LIKE),
    kind("sql", 5, MARKUP),
    kind("lock", 5, MARKUP),
];

/// Logins as other tools and source code have them: the end of the file's name and its text.
const LOGINS: [(&str, &str); 5] = [
    (
        "py",
        "from simple_salesforce import Salesforce\n\nsf = Salesforce(username='a@acme.example', password='NOTREAL-p', security_token='')\n",
    ),
    (
        "properties",
        "sfdc.endpoint=https://login.salesforce.com\nsfdc.username=a@acme.example\nsfdc.password=NOTREAL-p\n",
    ),
    (
        "xml",
        "<mule xmlns:salesforce=\"http://www.mulesoft.org/schema/mule/salesforce\">\n  <salesforce:sfdc-config name=\"acme\">\n    <salesforce:basic-connection username=\"a@acme.example\" password=\"${sf.password}\" url=\"https://login.salesforce.com/services/Soap/u/58.0\"/>\n  </salesforce:sfdc-config>\n</mule>\n",
    ),
    (
        "json",
        "{\n  \"connector.class\": \"io.confluent.salesforce.SalesforceSourceConnector\",\n  \"salesforce.instance\": \"https://login.salesforce.com\",\n  \"salesforce.username\": \"a@acme.example\",\n  \"salesforce.password\": \"NOTREAL-p\"\n}\n",
    ),
    (
        "env",
        "SALESFORCE_USERNAME=a@acme.example\nSALESFORCE_PASSWORD=NOTREAL-p\nSALESFORCE_HOST=login.salesforce.com\n",
    ),
];

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// All files.
    pub files: usize,
    /// Files in which something logs in to Salesforce.
    pub with_login: usize,
    /// Files with the word `salesforce`, those with a login included.
    pub with_word: usize,
    /// Links of folders.
    pub links: usize,
    /// The length of all files.
    pub bytes: u64,
}

/// Writes a repository of so many files of all kinds and sizes below `root`: one of a thousand with a login, ten
/// of a thousand that talk of Salesforce, some that are no text, folders with a `.gitignore`, and links of folders
/// that lead up again.
///
/// # Errors
/// Something cannot be written.
pub fn write_repository(root: &Path, files: usize, seed: u64) -> io::Result<Written> {
    let mut random = Random::new(seed);
    let mut written = Written::default();
    fs::create_dir_all(root.join(".git"))?;
    let mut folder = root.to_owned();
    for number in 0..files {
        if number % FOLDER == 0 {
            let at = number / FOLDER;
            folder = root.join(format!("team{}/service{}/part{at}", at % 12, at / 12 % 40));
            fs::create_dir_all(&folder)?;
            written.links += usize::from(at % 50 == 7 && link_up(&folder));
            if at % 40 == 3 {
                fs::write(folder.join(".gitignore"), "*.log\n/out/\n")?;
                written.files += 1;
            }
        }
        let (end, text) = file(&mut random, number, &mut written);
        fs::write(folder.join(format!("file{number}.{end}")), &text)?;
        written.files += 1;
        written.bytes += text.len() as u64;
    }
    Ok(written)
}

/// The end of a file's name and what is in it.
fn file(random: &mut Random, number: usize, written: &mut Written) -> (&'static str, Vec<u8>) {
    if number % 1000 == 500 {
        written.with_login += 1;
        written.with_word += 1;
        let (end, login) = LOGINS[number / 1000 % LOGINS.len()];
        return (end, login.into());
    }
    let mut draw = random.below(1000);
    let length = length(random);
    if draw % 50 == 1 {
        // Pictures and the like; a zero is among the first bytes.
        return ("png", [b"\x89PNG\r\n\x1a\n\0", &*vec![0xa7; length]].concat());
    }
    let kind = KINDS.iter().find(|kind| {
        let is_it = draw < kind.per_thousand;
        draw = draw.saturating_sub(kind.per_thousand);
        is_it
    });
    let kind = kind.unwrap_or(&KINDS[0]);
    let mut text = String::with_capacity(length + 256);
    while text.len() < length {
        text.push_str(random.pick::<&str>(kind.lines));
    }
    if number % 100 == 50 {
        written.with_word += 1;
        text.push_str("What the salesforce sold last year is in another report.\n");
    }
    (kind.end, text.into_bytes())
}

/// Most files are small, some are long, few are very long.
fn length(random: &mut Random) -> usize {
    match random.below(1000) {
        0 => 200_000 + random.below(600_000),
        1..50 => 15_000 + random.below(40_000),
        50..400 => 3_000 + random.below(9_000),
        _ => 100 + random.below(3_000),
    }
}

/// A link of a folder to one above it; whether there is one.
fn link_up(folder: &Path) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::symlink("../..", folder.join("up")).is_ok();
    #[cfg(not(unix))]
    return folder.join("up").exists();
}
