-- The commands for whole projects in real Neovim: SERVER=… SIMULATOR=… nvim --headless -l project.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local equal, wait_for = t.equal, t.wait_for

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
  local notifications = t.record_notifications()
  local function told(text)
    wait_for(('it is told: %q'):format(text), function()
      return t.said(notifications, 1):find(text, 1, true)
    end)
  end
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

  -- Another tool's error, in a buffer that no server is attached to.
  local function explained(text)
    wait_for(('it is explained: %q'):format(text), function()
      return t.said(notifications, 1):find(text, 1, true)
    end)
  end
  vim.cmd.enew()
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'all is well', '{"error":"invalid_client_id","error_description":"client identifier invalid"}' })
  vim.cmd('2SforgExplain')
  explained('knows no app with this client ID')
  vim.fn.setreg('x', 'INVALID_LOGIN: Invalid username, password, security token; or user locked out.')
  vim.cmd('SforgExplain x')
  explained('refused the user name, the password or the security token')
  vim.cmd('1SforgExplain')
  explained('This is not a login error that sforg knows.')
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
