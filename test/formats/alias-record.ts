/** Makes an alias record of macOS with the two values that matter, in base64. */

const fixedFields = { 2: 142, 3: 50 };

export function aliasRecord(version: 2 | 3, pathInVolume: string, mountPoint: string): string {
  const header = Buffer.alloc(8 + fixedFields[version]);
  header.writeInt16BE(version, 6);
  const value = (id: number, text: string): Buffer => {
    const bytes = Buffer.from(text);
    const tagged = Buffer.alloc(4 + bytes.length + (bytes.length % 2));
    tagged.writeInt16BE(id, 0);
    tagged.writeUInt16BE(bytes.length, 2);
    bytes.copy(tagged, 4);
    return tagged;
  };
  const end = Buffer.from([0xff, 0xff, 0, 0]);
  const record = Buffer.concat([
    header,
    value(0, 'Mail'),
    value(18, pathInVolume),
    value(19, mountPoint),
    end,
  ]);
  record.writeInt16BE(record.length, 4);
  return record.toString('base64');
}
