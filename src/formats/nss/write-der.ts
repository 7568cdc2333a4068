/**
 * DER as NSS writes it, by asn1js: minimal lengths and integers, no NULL behind an OID (nss.md 1.2).
 * Belongs here: the container. What is put in it is pbe-encrypt.ts and sdr-encrypt.ts.
 */

import { Integer, ObjectIdentifier, OctetString, Sequence } from 'asn1js';

type DerNode = Integer | ObjectIdentifier | OctetString | Sequence;

export const sequence = (...value: DerNode[]): Sequence => new Sequence({ value });

export const octets = (bytes: Uint8Array): OctetString =>
  new OctetString({ valueHex: Uint8Array.from(bytes).buffer });

/** @param number whole, 0 to 2^53 - 1. */
export const integer = (number: number): Integer => Integer.fromBigInt(number);

export const oid = (value: string): ObjectIdentifier => new ObjectIdentifier({ value });

export const derBytes = (node: DerNode): Uint8Array => new Uint8Array(node.toBER());
