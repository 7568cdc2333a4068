/**
 * Bytes as text in which every byte is one character, so that a file can be changed line by line and every other byte
 * stays, whatever its encoding.
 */

import { Buffer } from 'node:buffer';

export const latin1Text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

export const latin1Bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** The characters that such bytes stand for in UTF-8; U+FFFD for what is none. */
export const utf8Of = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');
