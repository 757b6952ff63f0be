--- The settings: plain `vim.g.sforg_…` variables, read where they are needed, so that no setup call is.
--- A value of the wrong type counts as not set; `problems()` says so in words, for `:checkhealth sforg` and at start.
local M = {}

--- @class sforg.Setting
--- @field name string            the variable, without `g:`
--- @field type 'boolean'|'list'  `list` is a list of strings
--- @field default boolean|string[]
--- @field example string         a right value, shown when the one given is wrong

--- @type table<string, sforg.Setting>
local SETTINGS = {
  allowed_login_hosts = {
    name = 'sforg_allowed_login_hosts',
    type = 'list',
    default = {},
    example = "{ 'http://127.0.0.1:8080' }",
  },
  workspace_trusted = { name = 'sforg_workspace_trusted', type = 'boolean', default = true, example = 'false' },
  code_lens = { name = 'sforg_code_lens', type = 'boolean', default = false, example = 'true' },
  completion = { name = 'sforg_completion', type = 'boolean', default = true, example = 'false' },
  inlay_hints = { name = 'sforg_inlay_hints', type = 'boolean', default = false, example = 'true' },
}

--- Vimscript people write 1 and 0: `let g:sforg_code_lens = 1`.
local function as_boolean(value)
  if type(value) == 'boolean' then
    return value
  end
  if value == 1 or value == 0 then
    return value == 1
  end
  return nil
end

local function as_list_of_strings(value)
  if type(value) ~= 'table' or not vim.islist(value) then
    return nil
  end
  for _, item in ipairs(value) do
    if type(item) ~= 'string' or item == '' then
      return nil
    end
  end
  return value
end

--- The value in use and, when the variable holds something that can't be used, what is wrong with it.
--- @param setting sforg.Setting
--- @return boolean|string[] value
--- @return string? problem
local function read(setting)
  local given = vim.g[setting.name]
  if given == nil then
    return setting.default
  end
  local value
  if setting.type == 'boolean' then
    value = as_boolean(given)
  else
    value = as_list_of_strings(given)
  end
  if value ~= nil then
    return value
  end
  local wanted = setting.type == 'list' and 'a list of strings' or 'true or false'
  return setting.default,
    ('vim.g.%s must be %s, such as %s, and is ignored now'):format(setting.name, wanted, setting.example)
end

--- Hosts other than Salesforce's that a login may go to, as the user wrote them.
--- @return string[]
function M.allowed_login_hosts()
  return (read(SETTINGS.allowed_login_hosts)) --[[@as string[] ]]
end

--- Whether the server may send logins and resolve secrets at all.
--- @return boolean
function M.workspace_trusted()
  return (read(SETTINGS.workspace_trusted)) --[[@as boolean]]
end

--- Whether code lenses are shown without the user asking for them.
--- @return boolean
function M.code_lens()
  return (read(SETTINGS.code_lens)) --[[@as boolean]]
end

--- Whether Neovim's own completion takes items as a whole.
--- @return boolean
function M.completion()
  return read(SETTINGS.completion) --[[@as boolean]]
end

--- Whether inlay hints are shown without the user asking for them.
--- @return boolean
function M.inlay_hints()
  return (read(SETTINGS.inlay_hints)) --[[@as boolean]]
end

--- One sentence for each variable that can't be used as it is, in a fixed order.
--- @return string[]
function M.problems()
  local problems = {}
  for _, setting in vim.spairs(SETTINGS) do
    local _, problem = read(setting)
    problems[#problems + 1] = problem
  end
  return problems
end

return M
