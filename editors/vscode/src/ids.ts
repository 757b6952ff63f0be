// Ids of commands that messages offer as buttons.

export const RESTART_SERVER = 'salesforceOrg.restartServer';
export const SHOW_LOG = 'salesforceOrg.showLog';
