-- What the plugin does by itself, without any server: nvim --headless -l plugin.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local check, equal, contains = t.check, t.equal, t.contains

local function open(name, lines)
  local path = t.work .. '/' .. name
  vim.fn.mkdir(vim.fs.dirname(path), 'p')
  vim.fn.writefile(lines or { '{}' }, path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  return vim.api.nvim_get_current_buf()
end

local function file_types()
  for name, wanted in pairs({
    ['acme.sforg.json'] = 'salesforce-org',
    ['two words.uat.sforg.json'] = 'salesforce-org',
    ['sforg-project.json'] = 'salesforce-org',
    ['package.json'] = 'json',
    ['my-sforg-project.json'] = 'json',
    ['acme.sforg.json.txt'] = 'text',
    ['asforg.json'] = 'json',
  }) do
    open(name)
    equal(vim.bo.filetype, wanted, 'file type of ' .. name)
  end
end

local function buffer_options()
  vim.go.commentstring = '# %s'
  open('options.sforg.json', { '{', '}' })
  equal({ vim.bo.comments, vim.bo.commentstring }, { '', '' }, 'no comments')
  equal({ vim.bo.shiftwidth, vim.bo.tabstop, vim.bo.expandtab }, { 2, 2, true }, 'two spaces')
  equal(vim.bo.indentexpr, 'GetJSONIndent(v:lnum)', 'indented as JSON')
  equal(vim.b.current_syntax, 'json', 'coloured as JSON, without the tree-sitter parser')
  equal(vim.treesitter.language.get_lang('salesforce-org'), 'json', 'tree-sitter language')
  vim.cmd.normal({ args = { 'o"auth": {\r"type": "basic"' }, bang = true })
  equal(vim.api.nvim_buf_get_lines(0, 0, -1, false), { '{', '  "auth": {', '    "type": "basic"', '}' }, 'typed lines are indented')
  vim.bo.filetype = 'text'
  equal(vim.bo.shiftwidth, vim.go.shiftwidth, 'options are undone with the file type')
  vim.cmd('bwipeout!')
end

local function server_configuration()
  vim.g.sforg_allowed_login_hosts = { 'http://127.0.0.1:8080', 'proxy.example.com' }
  vim.g.sforg_workspace_trusted = false
  local config = assert(loadfile(t.root .. '/editors/nvim/lsp/sforg.lua'))()
  equal(
    config.cmd,
    { 'sforg', 'lsp', '--allow-login-host', 'http://127.0.0.1:8080', '--allow-login-host', 'proxy.example.com' },
    'allowed login hosts reach the server as arguments'
  )
  equal(config.init_options, { workspaceTrusted = false }, 'workspace trust reaches the server')
  equal(config.capabilities.experimental.keepsQuestions, true, 'questions that nobody asked for are kept')
  equal(config.filetypes, { 'salesforce-org', 'xml' }, 'file types of the server')
  equal(config.root_markers, { 'sforg-project.json', '.git' }, 'root markers')
  vim.g.sforg_allowed_login_hosts = nil
  vim.g.sforg_workspace_trusted = nil
  config = assert(loadfile(t.root .. '/editors/nvim/lsp/sforg.lua'))()
  equal(config.cmd, { 'sforg', 'lsp' }, 'no allowed login hosts by default')
  equal(config.init_options, { workspaceTrusted = true }, 'trusted by default')
end

local function settings_of_the_wrong_type()
  local settings = require('sforg.settings')
  equal(settings.problems(), {}, 'no problem with no settings')
  vim.cmd('let g:sforg_code_lens = 1')
  equal({ settings.code_lens(), #settings.problems() }, { true, 0 }, 'Vimscript 1 is true')
  vim.g.sforg_code_lens = false
  equal({ settings.code_lens(), #settings.problems() }, { false, 0 }, 'false is false')
  for _, wrong in ipairs({ 'http://127.0.0.1:1', { 1 }, { '' }, { host = 'x' } }) do
    vim.g.sforg_allowed_login_hosts = wrong
    equal({ settings.allowed_login_hosts(), #settings.problems() }, { {}, 1 }, 'not a list of hosts: ' .. vim.inspect(wrong))
  end
  contains(settings.problems()[1], "vim.g.sforg_allowed_login_hosts must be a list of strings, such as { 'http", 'its message')
  vim.g.sforg_allowed_login_hosts = nil
  vim.g.sforg_inlay_hints = 'yes'
  contains(settings.problems()[1], 'vim.g.sforg_inlay_hints must be true or false', 'not a boolean')
  check(not settings.problems()[1]:find('yes', 1, true), 'which does not repeat the value', settings.problems()[1])
  vim.g.sforg_inlay_hints = nil
  vim.g.sforg_code_lens = nil
end

local function commands_without_a_server(notifications)
  local function refused(command, text)
    local before = #notifications
    vim.cmd(command)
    local last = notifications[#notifications]
    check(#notifications == before + 1 and last.level == vim.log.levels.ERROR, command .. ' is refused with one message', notifications)
    contains(last.text, text, 'its text')
  end
  open('readme.txt')
  refused('SforgLogin', 'this is not an org file, so I can\'t test a login. Open a *.sforg.json file first.')
  refused('SforgConvert', 'this is not an org file, so I can\'t convert to OAuth 2.0.')
  refused('SforgUpgrade 66.0', 'this is not an org file, so I can\'t upgrade a project.')
  open('lone.sforg.json')
  refused('SforgLogin', 'the server is not running for this file. Run :checkhealth sforg')
  refused('SforgConvert', 'the server is not running for this file. Run :checkhealth sforg')
end

local function missing_server(notifications)
  local function about_server()
    return vim.tbl_filter(function(n)
      return n.text:find('was not found', 1, true) ~= nil
    end, notifications)
  end
  vim.lsp.config('sforg', { cmd = { 'no-such-sforg', 'lsp' } })
  open('early.sforg.json')
  vim.wait(50)
  equal(#about_server(), 0, 'nothing is said while the server is not enabled')
  vim.lsp.enable('sforg')
  open('first.sforg.json')
  t.wait_for('a missing server is told', function()
    return #about_server() == 1
  end)
  equal(about_server()[1].text, 'sforg: the server "no-such-sforg" was not found. Run :checkhealth sforg.', 'its text')
  open('second.sforg.json')
  vim.wait(50)
  equal(#about_server(), 1, 'and told once')
  vim.lsp.enable('sforg', false)
end

local function help_file()
  local doc = t.root .. '/editors/nvim/doc'
  -- Tags are made beside a copy: they are not kept in the repository.
  local copy = t.work .. '/help/doc'
  vim.fn.mkdir(copy, 'p')
  vim.fn.writefile(vim.fn.readfile(doc .. '/sforg.txt'), copy .. '/sforg.txt')
  vim.cmd.helptags(copy)
  vim.opt.runtimepath:append(t.work .. '/help')
  for _, tag in ipairs({
    'sforg',
    'sforg-install',
    'sforg-settings',
    ':SforgLogin',
    ':SforgConvert',
    ':SforgUpgrade',
    ':SforgExplain',
    ':SforgScan',
    ':SforgOrgs',
    ':SforgDeadlines',
    'g:sforg_allowed_login_hosts',
    'g:sforg_workspace_trusted',
    'g:sforg_code_lens',
    'g:sforg_inlay_hints',
  }) do
    local ok, err = pcall(vim.cmd.help, tag)
    check(ok and vim.fn.expand('%:t') == 'sforg.txt', ':help ' .. tag, err)
    vim.cmd.helpclose()
  end
  for _, line in ipairs(vim.fn.readfile(doc .. '/sforg.txt')) do
    if vim.fn.strdisplaywidth(line) > 80 then
      check(false, 'help lines fit 80 columns', line)
    end
  end
end

t.run(function()
  t.load_plugin()
  local notifications = t.record_notifications()
  file_types()
  buffer_options()
  server_configuration()
  settings_of_the_wrong_type()
  commands_without_a_server(notifications)
  missing_server(notifications)
  help_file()
end)
