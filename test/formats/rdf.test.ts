import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRdf, rdfLiteral, rdfNamespace } from '../../src/formats/rdf.ts';

const em = 'http://www.mozilla.org/2004/em-rdf#';
const nc = 'http://home.netscape.com/NC-rdf#';
const type = `${rdfNamespace}type`;

const parse = (text: string) => parseRdf(Buffer.from(text));
const rdf = (inside: string): string =>
  `<?xml version="1.0"?>\n<RDF:RDF xmlns:RDF="${rdfNamespace}" xmlns:em="${em}" xmlns:NC="${nc}">${inside}</RDF:RDF>`;

/** Subject, last part of the predicate, object. */
const short = (text: string): string[] =>
  parse(text)
    .triples.filter((triple) => triple.predicate !== type)
    .map(
      ({ subject, predicate, object, kind }) =>
        `${subject} ${predicate.replace(/^.*#/, '')} ${kind === 'literal' ? JSON.stringify(object) : object}`,
    );

describe('an RDF file', () => {
  it('as install.rdf, with the prefix left away', () => {
    const file = parse(`<?xml version="1.0" encoding="utf-8"?>
      <RDF xmlns="${rdfNamespace}" xmlns:em="${em}">
        <!-- made by hand -->
        <Description about="urn:mozilla:install-manifest">
          <em:id>{3550f703-e582-4d05-9a08-453d09bdfdc6}</em:id>
          <em:name>
            Lightning &amp; more
          </em:name>
          <em:targetApplication>
            <Description><em:id>postbox@postbox-inc.com</em:id></Description>
          </em:targetApplication>
        </Description>
      </RDF>`);
    expect(file.state).toBe('ok');
    expect(rdfLiteral(file, 'urn:mozilla:install-manifest', `${em}id`)).toBe(
      '{3550f703-e582-4d05-9a08-453d09bdfdc6}',
    );
    expect(rdfLiteral(file, 'urn:mozilla:install-manifest', `${em}name`)).toBe('Lightning & more');
    expect(rdfLiteral(file, 'urn:mozilla:install-manifest', `${em}version`)).toBeNull();
  });

  it('may have properties as attributes', () => {
    expect(short(rdf('<RDF:Description RDF:about="urn:x" em:id="a@b" em:version="1.0"/>'))).toEqual([
      'urn:x id "a@b"',
      'urn:x version "1.0"',
    ]);
  });

  it('as mimeTypes.rdf points from one thing to another', () => {
    expect(
      short(
        rdf(`<RDF:Description RDF:about="urn:mimetype:application/pdf" NC:fileExtensions="pdf">
               <NC:handlerProp RDF:resource="urn:mimetype:handler:application/pdf"/>
             </RDF:Description>`),
      ),
    ).toEqual([
      'urn:mimetype:application/pdf fileExtensions "pdf"',
      'urn:mimetype:application/pdf handlerProp urn:mimetype:handler:application/pdf',
    ]);
  });

  it('as feeds.rdf counts what is in a container', () => {
    expect(
      short(
        rdf(
          '<RDF:Seq RDF:about="urn:forumzilla:feeds"><RDF:li RDF:resource="https://a/"/><RDF:li RDF:resource="https://b/"/></RDF:Seq>',
        ),
      ),
    ).toEqual(['urn:forumzilla:feeds _1 https://a/', 'urn:forumzilla:feeds _2 https://b/']);
  });

  it('tells the kind of a node, and gives nodes without a name one of their own', () => {
    const { triples } = parse(
      rdf('<em:Thing><em:part><em:Part/></em:part><em:part><em:Part/></em:part></em:Thing>'),
    );
    const things = triples.filter((triple) => triple.object === `${em}Thing`).map(({ subject }) => subject);
    const parts = triples.filter((triple) => triple.predicate === `${em}part`).map(({ object }) => object);
    expect(things).toHaveLength(1);
    expect(new Set([...things, ...parts]).size).toBe(3);
  });

  it('has its texts as they are meant', () => {
    expect(
      short(
        rdf(
          '<em:T RDF:ID="t"><em:a>&lt;&#228;&#xE4;&quot; &amp;lt; <![CDATA[<&amp;>]]></em:a><em:b/></em:T>',
        ),
      ),
    ).toEqual(['#t a "<ää\\" &lt; <&amp;>"', '#t b ""']);
  });

  it('may be UTF-16', () => {
    const text = rdf('<em:T RDF:about="ä"/>');
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    const big = Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);
    for (const bytes of [little, big]) expect(parseRdf(bytes).triples[0]?.subject).toBe('ä');
  });
});

describe('a crafted RDF file', () => {
  it('gets no entity resolved but the five of XML', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${rdf('<em:T RDF:about="t" em:v="&b;"><em:w>&a;&#0;&#xD800;</em:w></em:T>').replace(/^<\?xml.*?>/, '')}`;
    expect(parse(bomb).triples.map(({ object }) => object)).toEqual([`${em}T`, '&b;', '&a;&#0;&#xD800;']);
    const external = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${rdf('<em:T>&a;</em:T>').replace(/^<\?xml.*?>/, '')}`;
    expect(parse(external)).toEqual({ state: 'damaged', triples: [] });
  });

  it('is not parsed beyond its bound', () => {
    expect(parseRdf(Buffer.alloc(64 * 1024 + 1, ' '))).toEqual({ state: 'too-large', triples: [] });
    expect(parseRdf(Buffer.from(rdf('')), 10).state).toBe('too-large');
    expect(parse(rdf('<em:a>'.repeat(200) + '</em:a>'.repeat(200))).state).toBe('damaged');
  });

  it('cannot reach into the objects of this program', () => {
    expect(parse(rdf('<__proto__ x="1"/><constructor/>'))).toEqual({ state: 'damaged', triples: [] });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['an element that is not closed', rdf('<em:T RDF:about="t">').replace('</RDF:RDF>', '')],
    ['tags that cross', rdf('<em:T><em:a></em:T></em:a>')],
    ['a comment that is not closed', '<!--'],
  ])('of %s is damaged', (_what, text) => {
    expect(parse(text).state).toBe('damaged');
  });

  it('that is no RDF says nothing', () => {
    expect(parse('<html><body about="x"/></html>')).toEqual({ state: 'ok', triples: [] });
  });

  it('is never an error', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '"',
      '=',
      ' ',
      'a',
      'em:id',
      'xmlns:em="x"',
      '<RDF:RDF>',
      '</RDF:RDF>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?xml?>',
      '<!DOCTYPE',
      '[',
      ']>',
      '&',
      ';',
      '<em:T RDF:about="t">',
      '</em:T>',
      '<RDF:li>',
      ':',
      'xmlns=""',
      '\u0000',
      'ä',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const inside = pieces.join('');
        for (const text of [inside, rdf(inside)]) expect(['ok', 'damaged']).toContain(parse(text).state);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => parseRdf(bytes)).not.toThrow();
      }),
    );
  });
});
