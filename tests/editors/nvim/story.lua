-- The main job in real Neovim, from opening a sandbox file to a login:
--   SERVER=…/sforg SIMULATOR=…/sforg-simulator nvim --headless -l story.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local check, equal, contains, wait_for = t.check, t.equal, t.contains, t.wait_for

local CONVERT = 'Convert to OAuth 2.0 client credentials'
local project = t.work .. '/acme'
local sandbox_file = project .. '/orgs/acme-uat.sforg.json'

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

local function text()
  return table.concat(lines(), '\n')
end

local function org()
  return vim.json.decode(text())
end

--- As if typed. `x` runs until all keys are used up.
local function keys(typed)
  vim.api.nvim_feedkeys(vim.keycode(typed), 'tx', false)
end

--- Puts the cursor on the first character of `what`.
local function go_to(what)
  for row, line in ipairs(lines()) do
    local column = line:find(what, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { row, column - 1 })
      return
    end
  end
  error(('%q is not in the buffer'):format(what))
end

--- The text between a member's quotes, replaced by keys.
local function type_value(member, value)
  go_to(('"%s"'):format(member))
  keys('f:f"ci"' .. value .. '<Esc>')
end

local function client()
  return vim.lsp.get_clients({ name = 'sforg', bufnr = 0 })[1]
end

--- The one diagnostic of this rule in the current buffer, waited for.
local function diagnostic(code)
  local found
  wait_for('diagnostic ' .. code, function()
    found = vim.tbl_filter(function(d)
      return d.code == code
    end, vim.diagnostic.get(0))
    return #found > 0
  end)
  check(#found == 1, code .. ' is there once', found)
  return found[1]
end

--- @param d vim.Diagnostic
local function text_under(d)
  return table.concat(vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {}), '\n')
end

local function lens_titles()
  return vim.tbl_map(function(lens)
    return lens.command and lens.command.title or ''
  end, vim.lsp.codelens.get(0))
end

local function code_action_titles()
  local titles
  local params = vim.lsp.util.make_range_params(0, client().offset_encoding)
  params.context = { diagnostics = {} }
  client():request('textDocument/codeAction', params, function(_, actions)
    titles = vim.tbl_map(function(action)
      return action.title
    end, actions or {})
  end, vim.api.nvim_get_current_buf())
  wait_for('code actions are listed', function()
    return titles
  end)
  return titles
end

local function apply_code_action(title)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title == title
    end,
  })
end

--- The person logs in and sends what is asked about, and does not upgrade a project now.
local function answer_questions()
  local questions = {}
  vim.ui.select = function(items, options, choose)
    questions[#questions + 1] = { prompt = options.prompt, items = vim.tbl_map(options.format_item, items) }
    for i, item in ipairs(items) do
      if vim.list_contains({ 'Send', 'Not Now' }, item.title) then
        return choose(item, i)
      end
    end
    choose(nil)
  end
  return questions
end

--- The questions put so far that have `part` in them.
local function questions_about(questions, part)
  return vim.tbl_filter(function(question)
    return question.prompt:find(part, 1, true) ~= nil
  end, questions)
end

local UPGRADE_QUESTION = '"Acme integrations" is on API'

local function open_sandbox(notifications, questions)
  vim.cmd.edit(sandbox_file)
  equal(vim.bo.filetype, 'salesforce-org', 'file type')
  wait_for('server attached', function()
    return client() and client().initialized
  end)
  equal(client().root_dir, project, 'the project is the root folder')
  equal(client().server_info.name, 'sforg', 'server\'s name')
  wait_for('one line says that the project can be upgraded, and how', function()
    return t.said(notifications, 1):find('"Acme integrations" is on API', 1, true)
  end)
  contains(t.said(notifications, 1), 'Run :SforgUpgrade.', 'it names the command')
  check(vim.fn.strdisplaywidth(notifications[#notifications].text) <= vim.v.echospace, 'it fits the line', notifications)
  equal(#questions, 0, 'nothing is asked by itself')
  vim.cmd.SforgUpgrade()
  local question = wait_for(':SforgUpgrade shows the choice', function()
    return questions_about(questions, UPGRADE_QUESTION)[1]
  end)
  contains(question.prompt, 'Acme UAT', 'and names the org that this would break')
end

local function see_findings()
  local retiring = diagnostic('basic-auth-retiring')
  equal(text_under(retiring), '"basic"', 'it stands under the value of auth.type')
  equal({ retiring.source, retiring.severity }, { 'sforg', vim.diagnostic.severity.WARN }, 'source and severity')
  contains(retiring.message, "Summer '27", 'it says until when')

  vim.cmd.edit(project .. '/sforg-project.json')
  equal(vim.bo.filetype, 'salesforce-org', 'file type of the project file')
  equal(text_under(diagnostic('basic-auth-blocks-upgrade')), '"64.0"', 'the project is told what an upgrade would break')

  vim.cmd.edit(project .. '/reporting/sforg-project.json')
  local upgrade = diagnostic('upgrade-available')
  equal({ text_under(upgrade), upgrade.severity }, { '"58.0"', vim.diagnostic.severity.INFO }, 'an older project is told of the upgrade')
  equal(#vim.lsp.get_clients({ name = 'sforg' }), 1, 'by the same server')
  vim.cmd.edit(sandbox_file)
end

local function hover_and_lenses()
  go_to('"username"')
  local shown
  vim.lsp.buf.hover()
  wait_for('hover opens a window', function()
    for _, win in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(win).relative ~= '' then
        shown = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false), '\n')
        vim.api.nvim_win_close(win, true)
      end
    end
    return shown
  end)
  contains(shown, 'Multi-Factor Authentication for API Logins', 'hover on the user name speaks of MFA')

  wait_for('code lenses', function()
    return #lens_titles() > 0
  end)
  equal(lens_titles(), { 'Test Salesforce Login', 'Convert to OAuth' }, 'their titles')
  local first = vim.lsp.codelens.get(0)[1]
  contains(lines()[first.range.start.line + 1], '"auth"', 'they stand at auth')
end

--- Convert, look, take it back, convert again.
local function convert()
  local before = text()
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local titles = code_action_titles()
  check(vim.list_contains(titles, CONVERT), 'Convert is offered at the top of the file', titles)
  check(vim.list_contains(titles, 'Test Salesforce Login'), 'and so is the login', titles)

  apply_code_action(CONVERT)
  wait_for('auth is rewritten', function()
    return org().auth.type == 'oauth2-client-credentials'
  end)
  local converted = org()
  equal({ converted.serverHost, converted.auth.username, converted.auth.password }, {}, 'nothing of basic authentication is left')
  equal(converted.auth.clientSecret, '${env:ACME_UAT_CLIENT_SECRET}', 'the secret is a reference')
  equal({ converted.name, converted.sandbox }, { 'Acme UAT', true }, 'the rest is as it was')

  keys('u')
  equal(text(), before, 'one undo restores the text')

  vim.cmd.SforgConvert()
  wait_for(':SforgConvert does it too', function()
    return org().auth.type == 'oauth2-client-credentials'
  end)
  local empty = converted.auth.instanceUrl == '' and 'instanceUrl' or 'clientId'
  wait_for('the cursor goes to the first value to enter: ' .. empty, function()
    local row, column = unpack(vim.api.nvim_win_get_cursor(0))
    local line = lines()[row]
    return line:find(('"%s": ""'):format(empty), 1, true) and line:sub(column + 1, column + 1) == '"' and line:sub(column, column) == '"'
  end)
  return empty
end

local function enter_values(first_empty, origin, account)
  local row = vim.api.nvim_win_get_cursor(0)[1]
  local first = first_empty == 'instanceUrl' and origin or account.clientId
  keys('i' .. first .. '<Esc>')
  contains(lines()[row], ('"%s": "%s"'):format(first_empty, first), 'typing at once fills it in')
  type_value('instanceUrl', origin)
  type_value('clientId', account.clientId)
  local auth = org().auth
  equal({ auth.instanceUrl, auth.clientId }, { origin, account.clientId }, 'the values stand in the file')
  vim.cmd('silent write')
end

local function host_of(origin)
  return (origin:gsub('^http://', ''))
end

local function log_in(notifications, questions, origin, account)
  vim.fn.writefile({ 'ACME_UAT_CLIENT_SECRET=' .. account.clientSecret }, project .. '/.env')
  local from = #notifications + 1
  vim.cmd.SforgLogin()
  local question = wait_for('the editor asks before the first login, naming the host', function()
    return questions_about(questions, host_of(origin))[1]
  end)
  contains(question.prompt, 'Send ACME_UAT_CLIENT_SECRET (environment) to', 'and what would be sent there')
  contains(question.prompt, account.clientId:sub(1, 5), 'and as whom')
  equal(question.items, { "Don't send", 'Send' }, 'the answer that sends nothing comes first')
  t.say('     | ' .. vim.inspect(question):gsub('\n', '\n     | '))
  wait_for('the login succeeds', function()
    return t.said(notifications, from):find('Acme UAT: logged in', 1, true)
  end)
  from = #notifications + 1
  vim.cmd.SforgResult()
  wait_for(':SforgResult tells the rest', function()
    return t.said(notifications, from):find(account.username, 1, true)
  end)
  local said = t.said(notifications, from)
  t.say('     | ' .. said:gsub('\n', '\n     | '))
  contains(said, account.organizationName, 'the message names the org')
  check(not said:find(account.clientSecret, 1, true), 'and no secret', said)
  wait_for('the code lenses say so, by themselves', function()
    return table.concat(lens_titles(), '\n'):find('Logged in', 1, true)
  end)
  t.say('     | ' .. vim.inspect(lens_titles()))

  local asked = #questions
  from = #notifications + 1
  vim.cmd.SforgLogin()
  wait_for('it has a result again', function()
    return #notifications >= from
  end)
  contains(notifications[from].text, 'logged in', 'and succeeds')
  equal(#questions, asked, 'and nothing is asked the second time')
end

local function log_in_with_a_wrong_secret(notifications, questions, origin)
  local wrong = ('0'):rep(64)
  type_value('clientSecret', wrong)
  local from = #notifications + 1
  vim.cmd.SforgLogin()
  local failed = diagnostic('login-failed')
  t.say('     | ' .. failed.message:gsub('\n', '\n     | '))
  equal(text_under(failed), ('"%s"'):format(wrong), 'it stands under clientSecret')
  equal(failed.severity, vim.diagnostic.severity.ERROR, 'as an error')
  wait_for('the message names the secret, with numbered steps', function()
    return t.said(notifications, from):find('secret.*\n1%. ')
  end)
  local said = t.said(notifications, from)
  t.say('     | ' .. said:gsub('\n', '\n     | '))
  check(not said:find(wrong, 1, true), 'but not the secret itself', said)
  contains(questions[#questions].prompt, host_of(origin), 'a secret that stands in the file goes to a host of one\'s own after a question, too')
  type_value('clientSecret', '${env:ACME_UAT_CLIENT_SECRET}')
  wait_for('the diagnostic goes when the member is edited', function()
    return #vim.tbl_filter(function(d)
      return d.code == 'login-failed'
    end, vim.diagnostic.get(0)) == 0
  end)
end

--- Types in insert mode, waits for the popup, accepts the item whose label is `label`.
local function complete(typed, label)
  local seen = {}
  vim.keymap.set('i', '<F2>', function()
    -- Let what was typed reach the server first.
    vim.lsp.completion.get()
    vim.wait(10000, function()
      return vim.fn.pumvisible() == 1
    end, 20)
    seen = vim.tbl_map(function(item)
      return item.abbr ~= '' and item.abbr or item.word
    end, vim.fn.complete_info({ 'items' }).items)
    local index
    for i, name in ipairs(seen) do
      if name == label then
        index = i - 1
      end
    end
    if index then
      vim.api.nvim_select_popupmenu_item(index, true, true, {})
    end
  end, { buffer = 0 })
  keys(typed .. '<F2><Esc>')
  vim.snippet.stop()
  check(vim.list_contains(seen, label), ('completion offers %s after %s'):format(label, typed), seen)
end

--- Opens a new file with this text.
local function write_new(name, new_lines)
  vim.cmd.edit(('%s/orgs/%s.sforg.json'):format(project, name))
  wait_for('server attached to the new file ' .. name, function()
    return client() and client().initialized
  end)
  vim.lsp.completion.enable(true, client().id, 0, { autotrigger = false })
  vim.api.nvim_buf_set_lines(0, 0, -1, false, new_lines)
end

local function completion()
  vim.o.completeopt = 'menuone,noinsert'

  write_new('member', { '{', '  "name": "New",', '}' })
  vim.api.nvim_win_set_cursor(0, { 2, 0 })
  complete('o"sand', 'sandbox')
  equal(lines()[3], '  "sandbox": false', 'a member begun with a quote')
  check(not text():find('""', 1, true), 'no doubled quote', text())

  write_new('value', { '{', '  "name": "New",', '  "auth": { "type": "" }', '}' })
  go_to('""')
  complete('a', 'basic')
  equal(lines()[3], '  "auth": { "type": "basic" }', 'a value between quotes')

  write_new('literal', { '{', '  "name": "New",', '  "sandbox": ', '}' })
  vim.api.nvim_win_set_cursor(0, { 3, 0 })
  complete('A', 'true')
  equal(lines()[3], '  "sandbox": true', 'a literal')
end

local function restart(questions)
  vim.cmd.edit(sandbox_file)
  vim.cmd('silent write')
  local first = client().id
  vim.lsp.enable('sforg', false)
  wait_for('the server stops', function()
    return vim.lsp.get_client_by_id(first) == nil
  end)
  vim.lsp.enable('sforg')
  vim.cmd.edit()
  wait_for('and another starts when the file is opened', function()
    return client() and client().initialized and client().id ~= first
  end)
  vim.cmd.edit(project .. '/orgs/acme-production.sforg.json')
  diagnostic('secret-not-found')
  equal(#questions_about(questions, UPGRADE_QUESTION), 1, 'which does not ask about the upgrade again')
end

t.run(function()
  t.load_plugin()
  local notifications = t.record_notifications()
  local questions = answer_questions()
  vim.env.SFORG_TODAY = '2026-11-24'
  local simulator = rig.start_simulator()
  local origin = simulator.httpUrl
  rig.copy_project(project, origin)
  rig.install_server()
  vim.g.sforg_allowed_login_hosts = { origin }
  vim.g.sforg_code_lens = true
  vim.lsp.enable('sforg')
  local account = rig.account(simulator, 'Acme UAT')

  open_sandbox(notifications, questions)
  see_findings()
  hover_and_lenses()
  enter_values(convert(), origin, account)
  log_in(notifications, questions, origin, account)
  log_in_with_a_wrong_secret(notifications, questions, origin)
  completion()
  restart(questions)
end)
