// Ids of commands that more than one module names.

export const RESTART_SERVER = 'salesforceOrg.restartServer';
export const SHOW_LOG = 'salesforceOrg.showLog';
/** Opens the view of orgs with what failed alone. */
export const SHOW_FAILED = 'salesforceOrg.showFailedOnly';
