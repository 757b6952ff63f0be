-- The plugin's modules, each by itself, with a server that is a table of answers: nvim --headless -l units.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local equal, contains = t.equal, t.contains

--- Starts a server that answers each method with a value, or with what a function makes of the params.
--- @param answers table<string, any>
--- @param commands? string[]  what it offers to execute
local function serve(answers, commands)
  local closed = false
  answers = vim.tbl_extend('keep', answers, {
    initialize = { capabilities = { executeCommandProvider = { commands = commands or {} } } },
    shutdown = vim.NIL,
  })
  local id = vim.lsp.start({
    name = 'sforg',
    cmd = function(dispatchers)
      return {
        request = function(method, params, callback)
          local answer = answers[method]
          if type(answer) == 'function' then
            answer = answer(params)
          end
          callback(nil, answer)
          return true, 1
        end,
        notify = function()
          return true
        end,
        is_closing = function()
          return closed
        end,
        terminate = function()
          closed = true
          dispatchers.on_exit(0, 15)
        end,
      }
    end,
  })
  return vim.lsp.get_client_by_id(id)
end

--- @param client vim.lsp.Client
local function stop(client)
  client:stop(true)
  t.wait_for('the server of this test has ended', function()
    return #vim.lsp.get_clients({ name = 'sforg' }) == 0
  end)
end

local function lines_of_foreign_text()
  local text = require('sforg.text')
  for given, wanted in pairs({
    ['two\nlines'] = 'two lines',
    ['\27[2Jgone\7'] = '[2Jgone',
    ['a\u{202E}b\u{200B}c\u{FEFF}'] = 'abc',
    ['\u{85}next'] = 'next',
    ['  blanks around '] = 'blanks around',
    ['Müller ✓'] = 'Müller ✓',
    [''] = '',
  }) do
    equal(text.line(given), wanted, ('a line of %s'):format(vim.inspect(given)))
  end
  equal(text.line('abcdef', 4), 'abc…', 'a long line is cut')
  equal(text.line('abcd', 4), 'abcd', 'a line that fits is whole')
  equal(vim.fn.strchars(text.line(('x'):rep(1e6))), 800, 'a line has 800 characters at most')
end

local function several_lines()
  local text = require('sforg.text')
  equal(text.first({ 'a', 'b' }, 2), { 'a', 'b' }, 'as many lines as fit')
  equal(text.first({ 'a', 'b', 'c', 'd' }, 2), { 'a', '(3 more lines are not shown.)' }, 'what is left out is counted')
  equal(text.lines('1. one\r\n   more\n'), { '1. one', '   more' }, 'steps keep their indentation')
  equal(text.lines('a\n' .. (' '):rep(40) .. 'b'), { 'a', (' '):rep(16) .. 'b' }, 'which has its limit')
  equal(#text.lines(('x\n'):rep(1000)), 60, 'a message has 60 lines at most')
end

local function what_fits_in_cells()
  local text = require('sforg.text')
  equal(text.fit('abcdef', 6), 'abcdef', 'what fits is whole')
  equal(text.fit('abcdef', 4), 'abc…', 'what does not is cut')
  equal(text.fit('漢字漢字', 5), '漢字…', 'wide characters take two cells')
  equal(text.fit('漢字', 0), '…', 'there is always room for the sign')
end

local function settings()
  local of = require('sforg.settings')
  equal(of.problems(), {}, 'nothing set, nothing wrong')
  equal({ of.code_lens(), of.completion(), of.inlay_hints(), of.workspace_trusted() }, { false, true, false, true }, 'defaults')
  for _, case in ipairs({
    { name = 'sforg_code_lens', given = 1, read = of.code_lens, wanted = true },
    { name = 'sforg_code_lens', given = 0, read = of.code_lens, wanted = false },
    { name = 'sforg_inlay_hints', given = 'yes', read = of.inlay_hints, wanted = false, wrong = 'true or false, such as true' },
    { name = 'sforg_workspace_trusted', given = 2, read = of.workspace_trusted, wanted = true, wrong = 'such as false' },
    { name = 'sforg_allowed_login_hosts', given = { 'a:1' }, read = of.allowed_login_hosts, wanted = { 'a:1' } },
    { name = 'sforg_allowed_login_hosts', given = 'a:1', read = of.allowed_login_hosts, wanted = {}, wrong = 'a list of strings' },
    { name = 'sforg_allowed_login_hosts', given = { '' }, read = of.allowed_login_hosts, wanted = {}, wrong = 'a list of strings' },
    { name = 'sforg_allowed_login_hosts', given = { a = 'b' }, read = of.allowed_login_hosts, wanted = {}, wrong = 'a list of strings' },
  }) do
    vim.g[case.name] = case.given
    local what = ('%s = %s'):format(case.name, vim.inspect(case.given))
    equal(case.read(), case.wanted, what)
    local problems = of.problems()
    equal(#problems, case.wrong and 1 or 0, what .. ': a problem or none')
    if case.wrong then
      contains(problems[1], 'vim.g.' .. case.name .. ' must be', what)
      contains(problems[1], case.wrong, what)
    end
    vim.g[case.name] = nil
  end
end

--- What commands say before they ask the server, and what they ask it.
local function commands()
  local seen = t.record_notifications()
  local function said(what)
    local last = table.remove(seen)
    return last and contains(last.text, what, 'refused')
  end
  local sent
  local client = serve({
    ['workspace/executeCommand'] = function(params)
      sent = params
      return vim.NIL
    end,
  }, { 'sforg.testLogin', 'sforg.testAllLogins', 'sforg.upgradeProject' })
  vim.cmd.edit(t.work .. '/notes.txt')
  vim.cmd('SforgLogin')
  said("this is not an org file, so I can't test a login")
  vim.cmd.edit(t.work .. '/sforg-project.json')
  vim.cmd('SforgAudit')
  said('the server is not running for this file')
  vim.lsp.buf_attach_client(0, client.id)
  vim.cmd('SforgAudit')
  said("this is a project file, so I can't tell who else uses a login")
  local project = vim.uri_from_bufnr(0)
  vim.cmd('SforgLogin')
  equal(sent, { command = 'sforg.testAllLogins', arguments = { { uri = project } } }, 'all logins of a project')
  vim.cmd('SforgUpgrade 66.0')
  equal(sent.arguments, { { uri = project, to = '66.0' } }, ':SforgUpgrade hands the version on')
  vim.cmd('SforgUpgrade')
  equal(sent.arguments, { { uri = project } }, 'or none')
  vim.cmd.edit(t.work .. '/acme.sforg.json')
  vim.lsp.buf_attach_client(0, client.id)
  vim.cmd('SforgLogin | let g:after = 1')
  equal(sent.command, 'sforg.testLogin', 'the login of an org file')
  equal(vim.g.after, 1, 'another command may follow')
  vim.cmd('SforgConvert')
  said("this version of the server doesn't convert to OAuth 2.0 from a org file")
  stop(client)
end

--- @param title string
local function quickfix(title)
  local list = vim.fn.getqflist({ title = 1, items = 1 })
  equal(list.title, title, 'the list that is shown')
  vim.cmd.cclose()
  return vim.tbl_map(function(item)
    return { item.type, vim.fs.basename(vim.fn.bufname(item.bufnr)), item.lnum, item.col, item.text }
  end, list.items)
end

local function orgs()
  local seen = t.record_notifications()
  local function row(name, fields)
    local uri = vim.uri_from_fname(('%s/%s.sforg.json'):format(t.work, name:lower()))
    return vim.tbl_extend('force', { uri = uri, name = name, kind = 'sandbox', state = 'ok', short = '' }, fields or {})
  end
  local rows = {
    row('beta', { state = 'failed', short = 'wrong client secret', project = { name = 'Acme\27' } }),
    row('Alpha', { kind = 'production', nameRange = { start = { line = 1, character = 10 } } }),
    row('Gamma', { kind = 'production', short = 'no secret', state = 'noSecret', project = vim.NIL }),
    row('Delta', { state = 'a state of the future' }),
  }
  local client = serve({
    ['sforg/orgs'] = function()
      return rows
    end,
  })
  vim.cmd('SforgOrgs!')
  equal(quickfix('Salesforce orgs'), {
    { 'I', 'alpha.sforg.json', 2, 11, '✓ Alpha: PROD' },
    { 'E', 'beta.sforg.json', 1, 1, '✗ beta: wrong client secret (Acme)' },
    { 'I', 'delta.sforg.json', 1, 1, '○ Delta' },
    { 'W', 'gamma.sforg.json', 1, 1, '– Gamma: PROD · no secret' },
  }, 'all orgs, by name, with their state')
  vim.cmd('SforgDeadlines')
  contains(table.remove(seen).text, 'no known deadline for these logins', 'no deadlines')
  rows = {
    row('Late', { deadline = { days = 189, date = '2027-06-01', what = 'basic authentication ends' } }),
    row('Now', { deadline = { days = 0, date = vim.NIL, what = 'API 28.0 is retired' } }),
    row('Early', { deadline = { days = 189, date = '2027-06-01', what = 'basic authentication ends' } }),
    row('None', { deadline = vim.NIL }),
  }
  vim.cmd('SforgDeadlines')
  equal(quickfix('What breaks when'), {
    { 'E', 'now.sforg.json', 1, 1, 'Now: Now: API 28.0 is retired' },
    { 'W', 'early.sforg.json', 1, 1, '2027-06-01: Early: basic authentication ends' },
    { 'W', 'late.sforg.json', 1, 1, '2027-06-01: Late: basic authentication ends' },
  }, 'the soonest first, then by name')
  rows = {}
  vim.cmd('SforgOrgs')
  contains(table.remove(seen).text, 'there are no org files in this folder', 'no orgs')
  stop(client)
  vim.cmd('SforgOrgs')
  contains(table.remove(seen).text, 'the server is not running', 'no server')
end

local function what_is_to_be_explained()
  local asked
  local seen = t.record_notifications()
  local client = serve({
    ['sforg/why'] = function(params)
      asked = params.text
      return { message = 'Set `password`.' }
    end,
  })
  vim.cmd.enew()
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'one', 'two', 'three' })
  vim.cmd('2,3SforgExplain')
  equal(asked, 'two\nthree', 'the lines of the range')
  contains(seen[#seen].text, 'Set "password".', 'the answer, which is no Markdown')
  vim.fn.setreg('a', 'INVALID_LOGIN')
  vim.cmd('SforgExplain a')
  equal(asked, 'INVALID_LOGIN', 'a register')
  vim.fn.setreg('b', ' \n')
  vim.cmd('SforgExplain b')
  contains(seen[#seen].text, 'there is no text to explain', 'nothing but blanks')
  stop(client)
end

t.run(function()
  t.load_plugin()
  vim.o.columns = 200
  lines_of_foreign_text()
  several_lines()
  what_fits_in_cells()
  settings()
  commands()
  orgs()
  what_is_to_be_explained()
end)
