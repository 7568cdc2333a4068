// Locks a file as the mail programs do (classic fcntl lock, Linux), independently of mailmend's own code.
// node hold-lock.mjs <file> take|ask: prints one word or the answer, and keeps the lock until standard input ends.
import { closeSync, openSync } from 'node:fs';
import koffi from 'koffi';

const [getLock, setLock, writeLock] = [5, 6, 1];
const fcntl = koffi.load(null).func('int fcntl(int fd, int cmd, ...)');
const [file, what] = process.argv.slice(2);
const handle = openSync(file, 'r+');
const flock = Buffer.alloc(32);
flock.writeInt16LE(writeLock, 0);

if (what === 'ask') {
  fcntl(handle, getLock, 'void *', flock);
  console.log(flock.readInt16LE(0) === writeLock ? `held by ${flock.readInt32LE(24)}` : 'free');
} else {
  console.log(fcntl(handle, setLock, 'void *', flock) === 0 ? 'taken' : 'refused');
  process.stdin.resume().on('end', () => closeSync(handle));
}
