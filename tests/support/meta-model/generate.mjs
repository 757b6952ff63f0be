// Makes LSP's meta model out of LSP's official types: generate.mjs [OUT]
//
// The meta model (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/metaModel/)
// is generated from the TypeScript sources of vscode-languageserver-protocol, but the npm package leaves
// it out. It has the declarations of those sources, though, and they say the same: from them comes what
// the tests need, in the meta model's own format. Documentation is left out, and so is what no message
// can hold.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const modules = path.join(here, "node_modules");
const protocolFolder = path.join(modules, "vscode-languageserver-protocol/lib/common");
const files = [
  path.join(modules, "vscode-languageserver-types/lib/umd/main.d.ts"),
  path.join(modules, "vscode-jsonrpc/lib/common/connection.d.ts"),
  path.join(modules, "vscode-jsonrpc/lib/common/messages.d.ts"),
  ...readdirSync(protocolFolder)
    .filter((name) => name.startsWith("protocol.") && name.endsWith(".d.ts"))
    .map((name) => path.join(protocolFolder, name)),
];
// Which way a message goes is a value, not a type.
const values = require("vscode-languageserver-protocol/node");

const BASE = new Set(["URI", "DocumentUri", "integer", "uinteger", "decimal"]);
const ANY = new Set(["LSPAny", "LSPObject", "LSPArray"]);

const types = new Map(); // name -> declaration of an interface, alias or enumeration
const namespaces = new Map();
for (const file of files) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  for (const node of source.statements) {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node)) {
      types.set(node.name.text, node);
    } else if (ts.isModuleDeclaration(node) && node.body) {
      namespaces.set(node.name.text, node);
    }
  }
}

const isProposed = (node) => ts.getJSDocTags(node).some((tag) => tag.tagName.text === "proposed");
const proposed = (node) => (isProposed(node) ? { proposed: true } : {});
const fail = (node) => {
  throw new Error(`${node.getSourceFile().fileName}: no idea what this is: ${node.getText()}`);
};

const wanted = []; // names that something refers to, in the order in which they came up
const seen = new Set();
const reference = (name) => {
  if (!seen.has(name)) {
    seen.add(name);
    wanted.push(name);
  }
  return { kind: "reference", name };
};
const base = (name) => ({ kind: "base", name });
const text = (value) => ({ kind: "stringLiteral", value });

/** The constant `Namespace.Name` that `typeof Namespace.Name` means. */
function constant(query) {
  const [name, member] = query.exprName.getText().split(".");
  const declared = constants(namespaces.get(name)).get(member);
  const literal = declared?.initializer ?? declared?.type?.literal;
  return literal && ts.isStringLiteral(literal) ? text(literal.text) : fail(query);
}

function constants(namespace) {
  const statements = namespace.body.statements.filter(ts.isVariableStatement);
  const declarations = statements.flatMap((statement) => [...statement.declarationList.declarations]);
  return new Map(declarations.map((declaration) => [declaration.name.getText(), declaration]));
}

function literal(node) {
  const value = ts.isLiteralTypeNode(node) ? node.literal : node;
  if (ts.isStringLiteral(value)) return text(value.text);
  if (ts.isNumericLiteral(value)) return { kind: "integerLiteral", value: Number(value.text) };
  switch (value.kind) {
    case ts.SyntaxKind.NullKeyword: return base("null");
    case ts.SyntaxKind.TrueKeyword: return { kind: "booleanLiteral", value: true };
    case ts.SyntaxKind.FalseKeyword: return { kind: "booleanLiteral", value: false };
    default: return fail(node);
  }
}

/** A type in the meta model's terms; `undefined` for what JSON cannot hold. */
function type(node) {
  if (ts.isParenthesizedTypeNode(node)) return type(node.type);
  if (ts.isTypeOperatorNode(node)) return type(node.type);
  if (ts.isArrayTypeNode(node)) return { kind: "array", element: type(node.elementType) };
  if (ts.isTupleTypeNode(node)) return { kind: "tuple", items: node.elements.map((item) => type(item.type ?? item)) };
  if (ts.isUnionTypeNode(node)) return several("or", node.types);
  if (ts.isIntersectionTypeNode(node)) return several("and", node.types);
  if (ts.isLiteralTypeNode(node)) return literal(node);
  if (ts.isTypeQueryNode(node)) return constant(node);
  if (ts.isTypeLiteralNode(node)) return literalStructure(node);
  if (ts.isTypeReferenceNode(node)) return named(node);
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword: return base("string");
    case ts.SyntaxKind.BooleanKeyword: return base("boolean");
    case ts.SyntaxKind.NumberKeyword: return base("integer"); // the others are named by LSP's own aliases
    case ts.SyntaxKind.AnyKeyword: return { kind: "reference", name: "LSPAny" };
    case ts.SyntaxKind.ObjectKeyword: return { kind: "reference", name: "LSPObject" };
    case ts.SyntaxKind.VoidKeyword: return base("null");
    case ts.SyntaxKind.NeverKeyword:
    case ts.SyntaxKind.UndefinedKeyword: return undefined;
    default: return fail(node);
  }
}

function several(kind, nodes) {
  const items = nodes.map(type).filter(Boolean);
  return items.length === 1 ? items[0] : { kind, items };
}

function literalStructure(node) {
  const [only] = node.members;
  if (node.members.length === 1 && ts.isIndexSignatureDeclaration(only)) {
    return { kind: "map", key: type(only.parameters[0].type), value: type(only.type) };
  }
  return { kind: "literal", value: { properties: properties(node) } };
}

function named(node) {
  const name = node.typeName.getText().split(".").pop();
  if (name === "Array") return { kind: "array", element: type(node.typeArguments[0]) };
  if (BASE.has(name)) return base(name);
  if (ANY.has(name)) return { kind: "reference", name };
  if (isTypeParameter(node, name)) return { kind: "reference", name: "LSPAny" };
  return reference(name);
}

/** `experimental?: T`: what a client or a server adds is anything. */
function isTypeParameter(node, name) {
  for (let above = node.parent; above; above = above.parent) {
    if (above.typeParameters?.some((parameter) => parameter.name.text === name)) return true;
  }
  return false;
}

function properties(node) {
  return node.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.text,
    type: type(member.type),
    ...(member.questionToken ? { optional: true } : {}),
    ...proposed(member),
  }));
}

// A test says when these are not what the model was made from.
const madeFrom = createHash("sha256");
for (const name of ["generate.mjs", "package-lock.json"]) madeFrom.update(readFileSync(path.join(here, name)));

const model = {
  metaData: { version: "3.17.0", madeFrom: madeFrom.digest("hex") },
  requests: [],
  notifications: [],
  structures: [],
  enumerations: [],
  typeAliases: [],
};

// Where the package still takes what LSP no longer has, or not yet.
const STRICTER = {
  DocumentSelector: { kind: "array", element: { kind: "reference", name: "DocumentFilter" } },
  TraceValues: { kind: "or", items: ["off", "messages", "verbose"].map(text) },
};

for (const [name, namespace] of namespaces) {
  const declared = constants(namespace);
  const shape = declared.get("type")?.type;
  const method = values[name]?.method;
  if (!shape || !method || !values[name].messageDirection) continue;
  const kind = /^Protocol(Request|Notification)Type(0?)$/.exec(shape.typeName?.getText() ?? "");
  if (!kind) continue;
  const given = (shape.typeArguments ?? []).map(type);
  const params = kind[2] ? undefined : given.shift();
  const message = { method, messageDirection: values[name].messageDirection, ...(params && { params }), ...proposed(namespace) };
  if (kind[1] === "Request") {
    const [result, partialResult, errorData, registrationOptions] = given;
    const isNull = (part) => !part || part.name === "null";
    model.requests.push({
      ...message,
      result,
      ...(!isNull(partialResult) && { partialResult }),
      ...(!isNull(errorData) && { errorData }),
      ...(!isNull(registrationOptions) && { registrationOptions }),
    });
  } else {
    const [registrationOptions] = given;
    model.notifications.push({
      ...message,
      ...(registrationOptions?.kind === "reference" && { registrationOptions }),
    });
  }
}
// The base protocol's own, which the package declares elsewhere and without their methods.
const any = { kind: "reference", name: "LSPAny" };
const basic = [
  ["$/cancelRequest", "both", "CancelParams", { id: { kind: "or", items: [base("integer"), base("string")] } }],
  ["$/progress", "both", "ProgressParams", { token: reference("ProgressToken"), value: any }],
];
for (const [method, messageDirection, name, members] of basic) {
  const own = Object.entries(members).map(([member, type]) => ({ name: member, type }));
  model.structures.push({ name, extends: [], properties: own });
  model.notifications.push({ method, messageDirection, params: { kind: "reference", name } });
}
for (const [method, messageDirection, name] of [
  ["$/setTrace", "clientToServer", "SetTraceParams"],
  ["$/logTrace", "serverToClient", "LogTraceParams"],
]) {
  model.notifications.push({ method, messageDirection, params: reference(name) });
}

/** What an alias of literals and references is made of, when it is a structure. */
function structureOf(node) {
  const parts = ts.isIntersectionTypeNode(node) ? [...node.types] : [node];
  const bodies = parts.filter(ts.isTypeLiteralNode);
  const above = parts.filter(ts.isTypeReferenceNode);
  const isMap = bodies.some((body) => body.members.some(ts.isIndexSignatureDeclaration));
  if (bodies.length + above.length !== parts.length || isMap) return undefined;
  // Another name for a structure is one; another name for an alias is an alias.
  const isOther = parts.length === 1 && above.length === 1;
  if (isOther && !ts.isInterfaceDeclaration(types.get(above[0].typeName.getText()) ?? node)) return undefined;
  return { extends: above.map(type), properties: bodies.flatMap(properties) };
}

function define(name) {
  const node = types.get(name);
  if (!node) throw new Error(`nothing declares ${name}`);
  if (ts.isEnumDeclaration(node)) {
    const members = node.members.map((member) => ({ name: member.name.getText(), value: literal(member.initializer).value }));
    model.enumerations.push({ name, type: base("string"), values: members, ...proposed(node) });
  } else if (ts.isInterfaceDeclaration(node)) {
    const above = (node.heritageClauses ?? []).flatMap((clause) => [...clause.types]);
    const parents = above.map((parent) => reference(parent.expression.getText()));
    model.structures.push({ name, extends: parents, properties: properties(node), ...proposed(node) });
  } else {
    const loose = type(node.type); // finds what it refers to
    const structure = structureOf(node.type);
    if (STRICTER[name]) model.typeAliases.push({ name, type: STRICTER[name] });
    else if (structure) model.structures.push({ name, ...structure, ...proposed(node) });
    else model.typeAliases.push({ name, type: loose, ...proposed(node) });
  }
}

for (const name of ["WorkDoneProgressBegin", "WorkDoneProgressReport", "WorkDoneProgressEnd"]) reference(name);
for (const name of wanted) define(name); // grows while it is read

// One definition a line, so that a newer LSP is a difference that can be read.
const lists = Object.entries(model).map(([name, value]) => {
  const list = Array.isArray(value) && `[\n${value.map((item) => JSON.stringify(item)).join(",\n")}\n]`;
  return `${JSON.stringify(name)}: ${list || JSON.stringify(value)}`;
});
writeFileSync(process.argv[2] ?? path.join(here, "metaModel.json"), `{\n${lists.join(",\n")}\n}\n`);
