--- `:SforgLogin`, `:SforgResult`, `:SforgAudit`, `:SforgSecret`, `:SforgConvert` and `:SforgUpgrade`: they ask the server, for the file in the current buffer.
local M = {}

--- @class sforg.Command
--- @field what string     what it does, as in "… can't test the login"
--- @field org string      the server's command for an org file
--- @field project? string  the server's command for a project file

--- @type table<'login'|'convert'|'upgrade'|'result'|'audit'|'secret', sforg.Command>
local COMMANDS = {
  login = { what = 'test a login', org = 'sforg.testLogin', project = 'sforg.testAllLogins' },
  result = { what = 'show a result', org = 'sforg.showLastResult', project = 'sforg.showLastResult' },
  audit = { what = 'tell who else uses a login', org = 'sforg.auditLogin' },
  secret = { what = 'enter a secret', org = 'sforg.enterSecret' },
  convert = { what = 'convert to OAuth 2.0', org = 'sforg.convertToOAuth', project = 'sforg.convertAll' },
  upgrade = { what = 'upgrade a project', org = 'sforg.upgradeProject', project = 'sforg.upgradeProject' },
}

local function refuse(text)
  vim.notify('sforg: ' .. text, vim.log.levels.ERROR, { title = 'sforg' })
end

--- @param bufnr integer
--- @return 'org'|'project'|nil kind
local function kind_of(bufnr)
  if vim.bo[bufnr].filetype ~= 'salesforce-org' then
    return nil
  end
  return vim.fs.basename(vim.api.nvim_buf_get_name(bufnr)) == 'sforg-project.json' and 'project' or 'org'
end

--- @param bufnr integer
--- @return vim.lsp.Client?
local function client_of(bufnr)
  return vim.lsp.get_clients({ name = 'sforg', bufnr = bufnr })[1]
end

--- @param name 'login'|'convert'|'upgrade'|'result'|'audit'|'secret'
--- @param arguments? table  what the server's command takes besides the file
function M.run(name, arguments)
  local command = COMMANDS[name]
  local bufnr = vim.api.nvim_get_current_buf()
  local kind = kind_of(bufnr)
  if not kind then
    return refuse(("this is not an org file, so I can't %s. Open a *.sforg.json file first."):format(command.what))
  end
  local client = client_of(bufnr)
  if not client then
    return refuse('the server is not running for this file. Run :checkhealth sforg to see why.')
  end
  local server_command = command[kind]
  local offered = vim.tbl_get(client.server_capabilities, 'executeCommandProvider', 'commands') or {}
  if not server_command then
    return refuse(("this is a project file, so I can't %s. Open a *.sforg.json file first."):format(command.what))
  end
  if not vim.list_contains(offered, server_command) then
    return refuse(("this version of the server doesn't %s from a %s file."):format(command.what, kind))
  end
  if name == 'upgrade' then
    local questions = require('sforg.questions')
    if not (arguments and arguments.to) and questions.put(client.id, bufnr) then
      return
    end
    questions.drop(client.id, bufnr)
  end
  client:exec_cmd({
    title = server_command,
    command = server_command,
    arguments = { vim.tbl_extend('error', { uri = vim.uri_from_bufnr(bufnr) }, arguments or {}) },
  }, { bufnr = bufnr })
end

return M
