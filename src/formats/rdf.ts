/**
 * RDF/XML of old profiles as plain triples: install.rdf, feeds.rdf, mimeTypes.rdf. Enough of the format for what Mozilla
 * programs wrote: nodes, properties as elements or attributes, resources, literals, nodes in nodes, containers.
 * A file can be crafted: its size and nesting are bounded, and no entity but the five of XML itself is resolved.
 * Source: www.w3.org/TR/rdf-syntax-grammar. Belongs here: the triples. What they mean is for those who ask.
 */

import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface RdfTriple {
  /** A URI, or `_:n` for a node without a name. */
  subject: string;
  /** A full URI. */
  predicate: string;
  object: string;
  kind: 'resource' | 'literal';
}

export interface RdfFile {
  /** `damaged`: not well-formed; the triples are what could be read of it. */
  state: 'ok' | 'damaged' | 'too-large';
  /** In file order. */
  triples: RdfTriple[];
}

export const rdfNamespace = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

const maxDepth = 50;

type Scope = ReadonlyMap<string, string>;

interface Element {
  /** The namespace and local name. */
  uri: string;
  attributes: { uri: string; value: string }[];
  scope: Scope;
  children: unknown[];
  text: string;
}

/** @param maxBytes a larger file is not parsed; an install.rdf has a few KB. Never throws. */
export function parseRdf(bytes: Uint8Array, maxBytes: number = 64 * 1024): RdfFile {
  if (bytes.length > maxBytes) return { state: 'too-large', triples: [] };
  const triples: RdfTriple[] = [];
  try {
    const text = decodeText(bytes);
    const wellFormed = XMLValidator.validate(text) === true;
    const root = elementsOf(parser().parse(text), new Map())[0];
    if (root?.uri === `${rdfNamespace}RDF`) readNodes(root, triples);
    return { state: wellFormed && root !== undefined ? 'ok' : 'damaged', triples };
  } catch {
    return { state: 'damaged', triples };
  }
}

/** The literal of the first such triple. */
export function rdfLiteral(file: RdfFile, subject: string, predicate: string): string | null {
  const found = file.triples.find(
    (triple) => triple.kind === 'literal' && triple.subject === subject && triple.predicate === predicate,
  );
  return found?.object ?? null;
}

function parser(): XMLParser {
  return new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    cdataPropName: '#cdata',
    maxNestedTags: maxDepth,
  });
}

/** UTF-8, or UTF-16 with a mark. */
function decodeText(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** The nodes directly in an RDF element or in a property. @returns their subjects. */
function readNodes(parent: Element, triples: RdfTriple[]): string[] {
  return elementsOf(parent.children, parent.scope).map((node) => readNode(node, triples));
}

function readNode(node: Element, triples: RdfTriple[]): string {
  const subject = named(node) ?? `_:${triples.length}`;
  const add = (predicate: string, object: string, kind: RdfTriple['kind']): void => {
    triples.push({ subject, predicate, object, kind });
  };
  // A triple first in any case, so that the next node without a name gets another number.
  add(`${rdfNamespace}type`, node.uri, 'resource');
  for (const { uri, value } of node.attributes) {
    if (!isSyntax(uri)) add(uri, value, 'literal');
  }
  let item = 0;
  for (const property of elementsOf(node.children, node.scope)) {
    const predicate = property.uri === `${rdfNamespace}li` ? `${rdfNamespace}_${++item}` : property.uri;
    const resource = attribute(property, 'resource');
    if (resource !== null) add(predicate, resource, 'resource');
    else if (elementsOf(property.children, property.scope).length === 0) {
      add(predicate, property.text.trim(), 'literal');
    } else {
      for (const object of readNodes(property, triples)) add(predicate, object, 'resource');
    }
  }
  return subject;
}

function named(node: Element): string | null {
  const id = attribute(node, 'ID');
  return attribute(node, 'about') ?? (id === null ? null : `#${id}`);
}

/** Mozilla's files often leave the prefix away: `about` for `rdf:about`. */
function attribute(element: Element, local: string): string | null {
  const found = element.attributes.find(({ uri }) => uri === local || uri === rdfNamespace + local);
  return found?.value ?? null;
}

/** Attributes of the format itself, and those without a namespace, say nothing about the subject. */
function isSyntax(uri: string): boolean {
  return uri.startsWith(rdfNamespace) || !/[:/#]/.test(uri);
}

/** The elements in what the parser hands out: a list of `{ [tag]: children, ':@': attributes }`. */
function elementsOf(list: unknown, outer: Scope): Element[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item): Element[] => {
    const name = isRecord(item)
      ? Object.keys(item).find((key) => key !== ':@' && !key.startsWith('#'))
      : undefined;
    if (!isRecord(item) || name === undefined) return [];
    const written = Object.entries(isRecord(item[':@']) ? item[':@'] : {}).map(([key, value]) => ({
      key,
      value: decodeEntities(String(value)),
    }));
    const scope = scopeWith(outer, written);
    const children: unknown[] = Array.isArray(item[name]) ? item[name] : [];
    return [
      {
        uri: expand(name, scope, scope.get('') ?? ''),
        attributes: written
          .filter(({ key }) => key !== 'xmlns' && !key.startsWith('xmlns:'))
          .map(({ key, value }) => ({ uri: expand(key, scope, ''), value })),
        scope,
        children,
        text: children.map(textOf).join(''),
      },
    ];
  });
}

function textOf(child: unknown): string {
  if (!isRecord(child)) return '';
  if (typeof child['#text'] === 'string') return decodeEntities(child['#text']);
  const parts: unknown = child['#cdata'];
  if (!Array.isArray(parts)) return '';
  // What stands in CDATA is meant as it stands.
  return parts
    .map((part) => (isRecord(part) && typeof part['#text'] === 'string' ? part['#text'] : ''))
    .join('');
}

function scopeWith(outer: Scope, attributes: readonly { key: string; value: string }[]): Scope {
  const declared = attributes.flatMap(({ key, value }): [string, string][] =>
    key === 'xmlns' ? [['', value]] : key.startsWith('xmlns:') ? [[key.slice(6), value]] : [],
  );
  return declared.length === 0 ? outer : new Map([...outer, ...declared]);
}

/** A prefix that is not declared stays as it is written. */
function expand(name: string, scope: Scope, unprefixed: string): string {
  const colon = name.indexOf(':');
  if (colon < 0) return unprefixed + name;
  const namespace = scope.get(name.slice(0, colon));
  return namespace === undefined ? name : namespace + name.slice(colon + 1);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Once: what comes out is not looked at again. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
