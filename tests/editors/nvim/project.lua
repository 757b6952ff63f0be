-- The commands for whole projects in real Neovim: SERVER=… SIMULATOR=… nvim --headless -l project.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local check, equal, wait_for = t.check, t.equal, t.wait_for

local project = t.work .. '/acme'

local function open(name)
  vim.cmd.edit(project .. '/' .. name)
  wait_for('server attached to ' .. name, function()
    local client = vim.lsp.get_clients({ name = 'sforg', bufnr = 0 })[1]
    return client and client.initialized
  end)
end

--- The JSON of a file as it stands in its buffer, or on disk when it has none.
local function content(name)
  local buf = vim.fn.bufnr(project .. '/' .. name)
  local loaded = buf ~= -1 and vim.api.nvim_buf_is_loaded(buf)
  local lines = loaded and vim.api.nvim_buf_get_lines(buf, 0, -1, false) or vim.fn.readfile(project .. '/' .. name)
  return vim.json.decode(table.concat(lines, '\n'))
end

t.run(function()
  t.load_plugin()
  local told, notifications = t.record_told()
  local asked
  vim.ui.select = function(items, options, choose)
    asked = { prompt = options.prompt, items = vim.tbl_map(options.format_item, items) }
    for i, item in ipairs(items) do
      if item.title == 'Convert' then
        return choose(item, i)
      end
    end
    choose(nil)
  end
  vim.env.SFORG_TODAY = '2026-11-24'
  vim.env.SFORG_UPGRADE_PROMPT = 'off'
  rig.copy_project(project, 'http://127.0.0.1:1')
  rig.install_server()
  vim.lsp.enable('sforg')

  open('sforg-project.json')
  vim.cmd.SforgUpgrade('66.0')
  told('Not upgraded: ')
  told('Acme UAT')
  equal(content('sforg-project.json').apiVersion, '64.0', 'an upgrade that breaks an org is refused')

  vim.cmd.SforgConvert()
  wait_for('all basic orgs are converted from the project file', function()
    return content('orgs/acme-uat.sforg.json').auth.type == 'oauth2-client-credentials'
      and content('orgs/acme-dev.sforg.json').auth.type == 'oauth2-client-credentials'
  end)
  equal(asked, { prompt = 'Convert 2 orgs to OAuth 2.0: Acme Dev, Acme UAT?', items = { 'Cancel', 'Convert' } }, 'after a question that names them')
  vim.cmd('silent wall')
  vim.cmd.SforgUpgrade()
  wait_for('then the upgrade goes through', function()
    return content('sforg-project.json').apiVersion == '66.0'
  end)

  open('reporting/acme-reporting.sforg.json')
  vim.cmd.SforgUpgrade('newest')
  told('is no API version')
  vim.cmd.SforgUpgrade('62.0')
  wait_for('from an org file its project is upgraded', function()
    return content('reporting/sforg-project.json').apiVersion == '62.0'
  end)

  -- Every login of the workspace, other tools' too.
  vim.fn.writefile({ 'SALESFORCE_USERNAME=etl@acme.example', 'SALESFORCE_PASSWORD=${VAULT}' }, project .. '/etl.env')
  vim.cmd.SforgScan()
  wait_for('the logins are in the quickfix list', function()
    return vim.fn.getqflist({ title = 0 }).title == 'What breaks when' and #vim.fn.getqflist() > 2
  end)
  local etl = vim.iter(vim.fn.getqflist()):find(function(item)
    return item.text:find('etl@acme.example', 1, true)
  end)
  equal({ etl.lnum, etl.col, etl.type }, { 2, 1, 'W' }, 'each at its place')
  vim.cmd.cclose()

  -- All orgs with their state, and those that stop working.
  local choose = vim.ui.select
  local offered
  vim.ui.select = function(items, options, done)
    offered = vim.tbl_map(options.format_item, items)
    for _, item in ipairs(items) do
      if item.name == 'Acme UAT' then
        return done(item)
      end
    end
  end
  vim.cmd.SforgOrgs()
  wait_for('the org that is chosen is opened', function()
    return vim.fn.expand('%:t') == 'acme-uat.sforg.json'
  end)
  vim.ui.select = choose
  check(vim.list_contains(offered, '✗ Acme production: PROD · 1 problem (Acme integrations)'), 'each org with its state', offered)
  vim.cmd('SforgOrgs!')
  wait_for('with ! they are in the quickfix list', function()
    return vim.fn.getqflist({ title = 0 }).title == 'Salesforce orgs' and #vim.fn.getqflist() == #offered
  end)
  local uat = vim.iter(vim.fn.getqflist()):find(function(item)
    return item.text:find('Acme UAT', 1, true)
  end)
  equal({ vim.fs.basename(vim.fn.bufname(uat.bufnr)), uat.lnum }, { 'acme-uat.sforg.json', 2 }, 'at their names')
  vim.cmd.cclose()
  vim.fn.writefile(vim.split('{ "name": "Old", "apiVersion": "30.0" }', '\n'), project .. '/orgs/old.sforg.json')
  vim.fn.writefile({ '{ "name": "Late", "apiVersion": "38.0", "auth": { "type": "oauth2-client-credentials" } }' }, project .. '/orgs/late.sforg.json')
  -- Nobody tells the server of files that come: what is opened is seen.
  open('orgs/late.sforg.json')
  open('orgs/old.sforg.json')
  local function place(words)
    for index, item in ipairs(vim.fn.getqflist()) do
      if item.text:find(words, 1, true) then
        return index, item.type
      end
    end
  end
  wait_for('what stops working is listed', function()
    vim.cmd.SforgDeadlines()
    vim.wait(200)
    return place('Now: Old: ') and place('2028-06-01: Late: ')
  end)
  local old, old_type = place('Now: Old: ')
  local late, late_type = place('2028-06-01: Late: ')
  check(old < late, 'soonest first', vim.fn.getqflist())
  equal({ old_type, late_type }, { 'E', 'W' }, 'what has stopped is an error')
  vim.cmd.cclose()

  -- Another tool's error, in a buffer that no server is attached to.
  local function explained(text)
    wait_for(('it is explained: %q'):format(text), function()
      return t.said(notifications, 1):find(text, 1, true)
    end)
  end
  vim.cmd.enew()
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'all is well', '{"error":"invalid_client_id","error_description":"client identifier invalid"}' })
  vim.cmd('2SforgExplain')
  explained('has no app with this client ID')
  vim.fn.setreg('x', 'INVALID_LOGIN: Invalid username, password, security token; or user locked out.')
  vim.cmd('SforgExplain x')
  explained('refused the user name, the password or the security token')
  vim.cmd('1SforgExplain')
  explained('sforg does not recognize a login error in this.')
  for _, client in ipairs(vim.lsp.get_clients({ name = 'sforg' })) do
    client:stop(true)
  end
  wait_for('the server has ended', function()
    return #vim.lsp.get_clients({ name = 'sforg' }) == 0
  end)
  vim.fn.setreg('z', 'Salesforce: LOGIN_MUST_USE_SECURITY_TOKEN')
  vim.cmd('SforgExplain z')
  explained('Salesforce asks for a security token')
  vim.fn.setreg('y', '')
  vim.cmd('SforgExplain y')
  explained('there is no text to explain')
end)
