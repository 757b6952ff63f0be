-- A repository as an attacker would offer it (../hostile/make.sh), in real Neovim:
--   SERVER=…/sforg SIMULATOR=…/sforg-simulator nvim --headless -l hostile.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local check, equal, wait_for = t.check, t.equal, t.wait_for

local PERSONS_KEY, PERSONS_TOKEN = 'PERSONS-AWS-KEY-not-real', 'PERSONS-TOKEN-not-real'

--- All that a person was shown, with where.
local shown = {}

local function keep(where, text)
  shown[#shown + 1] = { where = where, text = text }
end

local function client()
  return vim.lsp.get_clients({ name = 'sforg', bufnr = 0 })[1]
end

local function open(path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  wait_for('server attached', function()
    return client() and client().initialized
  end)
end

local function hover(member)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(('"%s"'):format(member), 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { row, column })
    end
  end
  local params = vim.lsp.util.make_position_params(0, client().offset_encoding)
  local reply = client():request_sync('textDocument/hover', params, 30000, 0)
  keep('hover on ' .. member, vim.tbl_get(reply or {}, 'result', 'contents', 'value') or '')
end

local function test_login(notifications)
  local from = #notifications
  vim.cmd.SforgLogin()
  wait_for('the login has a result', function()
    return #notifications > from
  end)
  keep('result', t.said(notifications, from + 1))
  check(not t.said(notifications, from + 1):find('Logged in', 1, true), 'no login', notifications)
end

t.run(function()
  t.load_plugin()
  vim.env.AWS_SECRET_ACCESS_KEY = PERSONS_KEY
  vim.env.NPM_TOKEN = PERSONS_TOKEN
  vim.env.SFORG_TODAY = '2026-11-24'
  local notifications = t.record_notifications()
  local asked = 0
  vim.ui.select = function(items, options, choose)
    asked = asked + 1
    keep('question', options.prompt)
    -- What one key too many takes.
    choose(items[1], 1)
  end
  local simulator = rig.start_simulator()
  rig.install_server()
  vim.g.sforg_allowed_login_hosts = { simulator.httpUrl }
  vim.lsp.enable('sforg')
  local made = vim.system({ 'bash', t.root .. '/tests/editors/hostile/make.sh', t.work .. '/hostile', simulator.httpUrl }):wait()
  equal(made.code, 0, 'the repository is made')
  local orgs = t.work .. '/hostile/repository/orgs'

  open(orgs .. '/plain.sforg.json')
  wait_for('the project\'s upgrade is told', function()
    return t.said(notifications, 1):find(':SforgUpgrade', 1, true)
  end)
  equal(asked, 0, 'nothing is asked unasked')
  for _, member in ipairs({ 'name', 'username', 'password' }) do
    hover(member)
  end
  test_login(notifications)
  for name in vim.fs.dir(orgs) do
    if name:find('%.sforg%.json$') and not name:find('environment', 1, true) then
      open(orgs .. '/' .. name)
      test_login(notifications)
    end
  end
  vim.cmd.SforgUpgrade()
  wait_for('the choice is shown', function()
    return asked > 0
  end)

  for _, diagnostic in ipairs(vim.diagnostic.get()) do
    keep('diagnostic', diagnostic.message)
  end
  for _, notification in ipairs(notifications) do
    keep('notification', notification.text)
  end
  for _, one in ipairs(shown) do
    local odd = one.text:find('[%z\1-\9\11-\31\127]') or one.text:find('\226\128[\139-\143\170-\174]') or one.text:find('\226\129[\166-\169]')
    check(not odd, one.where .. ': no character that does something', one.text)
    check(not one.text:find('](', 1, true), one.where .. ': no link and no picture', one.text)
    check(not one.text:find(PERSONS_KEY, 1, true) and not one.text:find(PERSONS_TOKEN, 1, true) and not one.text:find('OUTSIDE%-%u+%-not'), one.where .. ': no secret', one.text)
  end
  local stats = vim.system({ 'curl', '-s', simulator.statsUrl }, { text = true }):wait()
  equal(vim.json.decode(stats.stdout).requests, 0, 'nothing was sent')
  check(not vim.uv.fs_stat(t.work .. '/hostile/outside/server-was-run'), "the repository's own server was not run")
end)
