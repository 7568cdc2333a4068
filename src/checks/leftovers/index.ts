import type { AnyCheck } from '../check.ts';
import { orphanIdentity } from './orphan-identity.ts';
import { orphanOutgoing } from './orphan-outgoing.ts';
import { orphanServer } from './orphan-server.ts';

export const leftoverChecks: readonly AnyCheck[] = [orphanServer, orphanIdentity, orphanOutgoing];
