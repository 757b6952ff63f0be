-- `:SforgNew` in real Neovim: SERVER=… SIMULATOR=… nvim --headless -l new.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local check, contains, equal, wait_for = t.check, t.contains, t.equal, t.wait_for

local work = t.work .. '/new'

t.run(function()
  t.load_plugin()
  local told, notifications = t.record_told()
  --- What is asked, and what the person does: texts for boxes, words of an item for lists, false closes it.
  local asked, answers = {}, {}
  local function next_answer(prompt)
    asked[#asked + 1] = prompt
    local answer = table.remove(answers, 1)
    return answer
  end
  vim.ui.input = function(options, done)
    local answer = next_answer(options.prompt)
    done(answer ~= false and answer or nil)
  end
  vim.ui.select = function(items, options, done)
    local answer = next_answer(options.prompt)
    local format = options.format_item or tostring
    for _, item in ipairs(items) do
      if type(answer) == 'string' and format(item):find(answer, 1, true) then
        return done(item)
      end
    end
    done(nil)
  end
  vim.fn.inputsecret = function(prompt)
    return next_answer(prompt) or error('closed')
  end

  local simulator = rig.start_simulator()
  local uat = rig.account(simulator, 'Acme UAT')
  vim.env.SFORG_UPGRADE_PROMPT = 'off'
  vim.env.SFORG_ALLOW_LOGIN_HOSTS = simulator.httpUrl
  vim.fn.mkdir(work, 'p')
  vim.cmd.cd(vim.fn.fnameescape(work))
  rig.install_server()
  vim.lsp.enable('sforg')

  -- A box that is closed leaves nothing behind, and what was entered is offered again.
  answers = { 'Acme UAT', false }
  vim.cmd.SforgNew()
  wait_for('it asks for the kind', function()
    return #asked == 2
  end)
  contains(asked[1], '[1/9] Name of the org, as your operations call it', 'the first question')
  equal(vim.fn.glob(work .. '/*'), '', 'nothing is made')
  answers = { 'Start over', 'a/b', 'Acme UAT', 'Sandbox', '64.0', 'OAuth 2.0', simulator.httpUrl .. '/x', uat.clientId }
  vim.list_extend(answers, { '.env', ('0'):rep(64), 'Test and Save', 'Enter the Client Secret Again', uat.clientSecret, 'Test and Save' })
  vim.cmd.SforgNew()
  told('A name cannot contain / or :.')
  told('Acme UAT saved and logged in')
  check(vim.tbl_contains(asked, 'Login failed: wrong client secret'), 'a wrong secret is said')
  equal(vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ':t'), 'acme-uat.sforg.json', 'the file is open')
  local org = table.concat(vim.fn.readfile('orgs/acme-uat.sforg.json'), '\n')
  contains(org, '"clientSecret": "${env:ACME_UAT_CLIENT_SECRET}"', 'the file refers to its secret')
  equal(vim.fn.readfile('.env'), { 'ACME_UAT_CLIENT_SECRET=' .. uat.clientSecret }, 'which is in .env')
  equal(vim.fn.readfile('sforg-project.json'), { '{', '  "apiVersion": "64.0"', '}' }, 'the project has its file')
  check(not t.said(notifications, 1):find(uat.clientSecret, 1, true), 'no message shows the secret')
end)
