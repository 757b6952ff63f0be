-- What another tool printed, and who else uses a login, in real Neovim: SERVER=… SIMULATOR=… nvim --headless -l explain.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local check, contains, wait_for = t.check, t.contains, t.wait_for

local SECRET = 'NOTREALNOTREALNOTREAL1234'

--- The text of the window in which messages of more than a line stand.
local function window_with(words)
  local found
  wait_for('a window with ' .. words, function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      local buffer = vim.api.nvim_win_get_buf(window)
      local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
      if vim.bo[buffer].buftype ~= '' and text:find(words, 1, true) then
        found = text
        return true
      end
    end
  end)
  return found
end

local function explain(account, url)
  vim.fn.writefile({
    'INFO starting',
    'ERROR POST https://acme.my.salesforce.com/services/oauth2/token client_secret=' .. SECRET,
    'ERROR {"error":"invalid_grant","error_description":"no client credentials user enabled"}',
    'INFO all is well elsewhere',
  }, t.work .. '/etl.log')
  vim.cmd.edit(t.work .. '/etl.log')
  vim.cmd('2,3SforgExplain')
  local page = window_with('The app has no user to run as')
  contains(page, '1. ', 'with steps')
  check(not page:find(SECRET, 1, true), 'without the secret of the log', page)
  vim.cmd('1SforgExplain')
  window_with('does not recognize a login error')

  -- With a server, and what was copied.
  local auth = { type = 'oauth2-client-credentials', instanceUrl = url, clientId = account.clientId, clientSecret = account.clientSecret }
  vim.fn.writefile({ vim.json.encode({ name = 'Acme production', apiVersion = '61.0', auth = auth }) }, t.work .. '/acme.sforg.json')
  vim.cmd.edit(t.work .. '/acme.sforg.json')
  wait_for('the server is there', function()
    local client = vim.lsp.get_clients({ name = 'sforg', bufnr = 0 })[1]
    return client and client.initialized
  end)
  vim.fn.setreg('a', '[{"message":"INVALID_HEADER_TYPE","errorCode":"INVALID_AUTH_HEADER"}]')
  vim.cmd('SforgExplain a')
  window_with('Salesforce cannot read the access token')
end

local function audit()
  local asked = {}
  vim.ui.select = function(items, options, choose)
    asked[#asked + 1] = options.prompt
    for i, item in ipairs(items) do
      if item.title == 'Ask Salesforce' or item.title == 'Send' then
        return choose(item, i)
      end
    end
    choose(nil)
  end
  vim.cmd.SforgAudit()
  local page = window_with('who uses this login')
  contains(page, '40 × Jitterbit Design Studio', 'who logs in, and how often')
  contains(page, '3 × refused: Data Loader Bulk', 'and what was refused')
  contains(asked[1] or '', 'who else uses this login?', 'after a question')
end

t.run(function()
  t.load_plugin()
  t.record_told()
  vim.env.SFORG_TODAY = '2026-11-24'
  vim.env.SFORG_UPGRADE_PROMPT = 'off'
  local hello = rig.start_simulator()
  vim.env.SFORG_ALLOW_LOGIN_HOSTS = hello.httpUrl
  rig.install_server()
  vim.lsp.enable('sforg')
  explain(rig.account(hello, 'Acme production'), hello.httpUrl)
  audit()
end)
