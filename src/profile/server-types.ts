/**
 * How the types of servers differ in what the program reads of their preferences (measured with Thunderbird 153.7).
 */

/** POP and news are written in JavaScript there: other rules for ports, folders and odd host names. */
export const isScripted = (type: string | null): boolean => type === 'pop3' || type === 'nntp';

/** Microsoft Exchange: the address is a URL in a preference of its own. */
export const isExchange = (type: string | null): boolean => type === 'ews' || type === 'graph';
