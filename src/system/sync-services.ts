/**
 * The programs that keep folders in step with other computers, and what their folders are known by: a name below the
 * home folder, a variable of the environment, or something that they put into the topmost folder.
 * Belongs here: data, one entry per program.
 */

export interface SyncService {
  name: string;
  /** Of the path below the home folder, with `/`; the whole of it. */
  folders?: readonly RegExp[];
  /** Variables that name the folder (Windows). */
  variables?: readonly string[];
  /** Direct entries of the folder that is kept in step. */
  marks?: readonly { name: RegExp; kind?: 'file' | 'folder' }[];
}

export const syncServices: readonly SyncService[] = [
  {
    name: 'Dropbox',
    // The folder ~/.dropbox of Linux holds its settings: only a file of that name is a mark.
    folders: [/^Dropbox( \([^/]+\))?$/, /^Library\/CloudStorage\/Dropbox[^/]*$/],
    marks: [
      { name: /^\.dropbox$/, kind: 'file' },
      { name: /^\.dropbox\.cache$/, kind: 'folder' },
    ],
  },
  {
    name: 'OneDrive',
    folders: [/^OneDrive( - [^/]+)?$/, /^Library\/CloudStorage\/OneDrive[^/]*$/],
    variables: ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'],
    marks: [{ name: /^\.849C9593-D756-4E56-8D6E-42412F2A707B$/ }],
  },
  {
    name: 'iCloud Drive',
    folders: [/^Library\/Mobile Documents$/, /^iCloudDrive$/],
  },
  {
    name: 'Google Drive',
    folders: [/^(Google Drive|My Drive)$/, /^Library\/CloudStorage\/GoogleDrive[^/]*$/],
    marks: [{ name: /^\.tmp\.drive(up|down)load$/, kind: 'folder' }, { name: /^\.shortcut-targets-by-id$/ }],
  },
  {
    name: 'Nextcloud or ownCloud',
    folders: [/^(Nextcloud|ownCloud)$/i],
    marks: [
      { name: /^\._?sync_[0-9a-f]+\.db$/, kind: 'file' },
      { name: /^\.(owncloud|nextcloud)sync\.log$/, kind: 'file' },
    ],
  },
  { name: 'Syncthing', marks: [{ name: /^\.stfolder$/ }] },
  { name: 'pCloud', folders: [/^pCloudDrive$/] },
  { name: 'a cloud service', folders: [/^Library\/CloudStorage\/[^/]+$/] },
];
