import { Connection } from 'jsforce';
import settings from './settings';

// The user is in another file: its address is not the user.
export async function open(): Promise<Connection> {
  const connection = new Connection({ loginUrl: settings.loginUrl, version: '57.0' });
  await connection.login(settings.username, settings.password);
  return connection;
}
