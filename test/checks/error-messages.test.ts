import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allChecks } from '../../src/checks/all-checks.ts';
import { knownMessages, messagesLike } from '../../src/checks/error-messages.ts';

const first = (text: string): string => messagesLike(text)[0]?.message ?? 'nothing';
const all = (text: string): string[] => messagesLike(text).map(({ message }) => message);

describe('what servers say', () => {
  it.each([
    [
      '[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
      'Application-specific password required',
    ],
    [
      '534-5.7.9 Application-specific password required. For more information, go to InvalidSecondFactor',
      'Application-specific password required',
    ],
    ['NO Application password is REQUIRED', 'Application-specific password required'],
    ['A1 NO Basic authentication is disabled.', 'Basic authentication is disabled'],
    [
      '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
      'Basic authentication is disabled',
    ],
    [
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
      'Authentication unsuccessful, SmtpClientAuthentication is disabled',
    ],
    [
      '550 5.7.30 Basic authentication is not supported for Client Submission.',
      'Basic authentication is disabled',
    ],
    ['LogonDenied-BasicAuthBlocked-NoAuth', 'Basic authentication is disabled'],
    [
      '* OK The Microsoft Exchange IMAP4 service is ready. 2 NO LOGIN failed.',
      'Basic authentication is disabled',
    ],
    [
      '[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings',
      'IMAP is disabled, not enabled for IMAP use',
    ],
    [
      '[ALERT] You are yet to enable IMAP for your account. Please contact your administrator',
      'IMAP is disabled, not enabled for IMAP use',
    ],
    [
      'NO [AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=abc',
      'IMAP is disabled, not enabled for IMAP use',
    ],
    ['3 BAD User is authenticated but not connected.', 'User is authenticated but not connected'],
    [
      'LOGIN failed. Account is blocked. Login to your account via a web browser',
      'Please log in via your web browser, account is blocked',
    ],
    ['NO SELECT Unsafe Login. Please contact kefu@188.com for help', 'Unsafe Login'],
    ['NO [LIMIT] Too many simultaneous connections. (Failure)', 'Too many simultaneous connections'],
    ['NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'Authentication failed, invalid credentials'],
    ['NO LOGIN failed.', 'Authentication failed, invalid credentials'],
    [
      '535-5.7.8 Username and Password not accepted. BadCredentials',
      'Authentication failed, invalid credentials',
    ],
    ['535 Authentication credentials invalid', 'Authentication failed, invalid credentials'],
    ['NO [OVERQUOTA] Not enough disk quota', 'Mailbox full, over quota'],
    ['554 5.7.1 <bob@example.org>: Relay access denied', 'Relaying denied, not permitted'],
  ])('%s', (text, message) => {
    expect(first(text)).toBe(message);
  });

  it('counts more than what the program says around it', () => {
    const text =
      'Login to server imap.gmail.com with username karl@gmail.com failed. The mail server responded: [ALERT] Application-specific password required';
    expect(all(text)).toEqual(['Application-specific password required']);
    expect(all('Sending of the message failed. 535 5.7.139 basic authentication is disabled')).toEqual([
      'Basic authentication is disabled',
    ]);
  });
});

describe('what Thunderbird says, in several languages', () => {
  it.each([
    [
      'Login to server imap.example.org with username alice failed.',
      'Login to server … with username … failed',
    ],
    [
      'Anmeldung auf dem Server imap.example.org mit Benutzernamen "alice" fehlgeschlagen',
      'Login to server … with username … failed',
    ],
    [
      'Échec de la connexion depuis le serveur imap.example.org avec le nom d’utilisateur alice.',
      'Login to server … with username … failed',
    ],
    [
      'El inicio de sesión en el servidor imap.example.org con el nombre de usuario alice ha fallado.',
      'Login to server … with username … failed',
    ],
    [
      'Accesso al server imap.example.org con nome utente alice non riuscito.',
      'Login to server … with username … failed',
    ],
    [
      'Aanmelden bij server imap.example.org met gebruikersnaam alice is mislukt.',
      'Login to server … with username … failed',
    ],
    [
      'Autenticação no servidor imap.example.org com o usuário alice falhou.',
      'Login to server … with username … failed',
    ],
    ['Failed to connect to server imap.example.org.', 'Failed to connect to server …'],
    ['Verbindung mit Server imap.example.org fehlgeschlagen.', 'Failed to connect to server …'],
    ['Impossible de se connecter au serveur imap.example.org.', 'Failed to connect to server …'],
    ['No se pudo conectar con el servidor imap.example.org.', 'Failed to connect to server …'],
    ['Connessione al server imap.example.org fuori tempo massimo.', 'Failed to connect to server …'],
    ['Verbinden met server imap.example.org is mislukt.', 'Failed to connect to server …'],
    ['Não foi possível conectar-se ao servidor imap.example.org.', 'Failed to connect to server …'],
    [
      'Authentication failure while connecting to server imap.gmail.com.',
      'Authentication failure while connecting to server …',
    ],
    ['Senden der Nachricht fehlgeschlagen.', 'Sending of the message failed'],
    ['L’envoi du message a échoué.', 'Sending of the message failed'],
    ['Die Zusammenfassungsdatei für Inbox kann nicht geöffnet werden.', 'Unable to open the summary file'],
    [
      'Thunderbird is already running, but is not responding.',
      'Thunderbird is already running, but is not responding',
    ],
    [
      'This message may contain a virus or there is not enough disk space. Skip this message?',
      'There is not enough disk space, the message may contain a virus',
    ],
    [
      "The folder Inbox is full, and can't hold any more messages.",
      'The folder … is full, and cannot hold any more messages',
    ],
    ['Please enter your Primary Password.', 'Please enter your primary password'],
  ])('%s', (text, message) => {
    expect(first(text)).toBe(message);
  });
});

describe('names in a message', () => {
  it('are no words of it: a host or an address may be called as it likes', () => {
    expect(all('Hello from smtp.server.timed-out.example and app.password@login.failed.example')).toEqual([]);
  });

  it('tell the provider, whose rules are added where sign-in is the matter', () => {
    const [found] = messagesLike(
      'Login to server outlook.office365.com with username alice@hotmail.com failed.',
    );
    expect(found?.meaning).toContain('Outlook.com takes no password');
    expect(found?.checks[0]).toBe('settings/sign-in-refused');
    const [other] = messagesLike('Failed to connect to server imap.gmx.net.');
    expect(other?.meaning).not.toContain('GMX');
  });

  it('lead to what the provider asks even where the words are not known, and that is said', () => {
    const [found] = messagesLike('Blorp! (imap.gmx.net)');
    expect(found?.meaning).toContain('does not know these words');
    expect(found?.meaning).toContain('GMX');
  });
});

describe('any text', () => {
  it('is answered, or not; nothing is guessed', () => {
    expect(messagesLike('floop bloop')).toEqual([]);
    expect(messagesLike('')).toEqual([]);
  });

  it('never throws, and gives each topic once', () => {
    const pieces = fc.constantFrom(
      ...knownMessages.flatMap(({ ways }) => ways.flat()),
      'imap.gmail.com',
      'a@b.example',
      '.',
      '@',
      '(((',
      '\\',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), pieces), { maxLength: 40 }), (parts) => {
        const found = all(parts.join(' '));
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });

  it('of any length is read as far as a message goes', () => {
    expect(messagesLike(`${'a@'.repeat(500_000)} login failed`)).toEqual([]);
    expect(first(`login failed ${'x.'.repeat(500_000)}`)).toBe('Authentication failed, invalid credentials');
  });
});

describe('every known message', () => {
  it('leads to checks that there are, and is found by each of its ways', () => {
    const ids = new Set(allChecks.map(({ meta }) => meta.id));
    for (const { checks, ways, message, next } of knownMessages) {
      expect(checks.filter((id) => !ids.has(id))).toEqual([]);
      expect(next.length).toBeGreaterThan(0);
      for (const way of ways) {
        expect(way.filter((part) => part !== part.toLowerCase() || part === '')).toEqual([]);
        expect([message, messagesLike(way.join(' ')).length > 0]).toEqual([message, true]);
      }
    }
  });
});
