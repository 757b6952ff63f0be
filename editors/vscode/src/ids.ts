// Ids of commands that more than one module names.

export const RESTART_SERVER = 'salesforceOrg.restartServer';
export const SHOW_LOG = 'salesforceOrg.showLog';
/** Opens the example project, in a window whose Salesforce this computer plays. */
export const TRY_PRETEND = 'salesforceOrg.tryPretend';
/** Opens the view of orgs with what failed alone. */
export const SHOW_FAILED = 'salesforceOrg.showFailedOnly';
