-- `:SforgImport` in real Neovim: SERVER=… nvim --headless -l import.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local check, contains, equal, wait_for = t.check, t.contains, t.equal, t.wait_for

local work = t.work .. '/acme'

t.run(function()
  t.load_plugin()
  local told = t.record_told()
  local asked = {}
  local answers = {}
  vim.ui.select = function(items, options, choose)
    local labels = vim.tbl_map(options.format_item, items)
    asked[#asked + 1] = { prompt = options.prompt, labels = labels }
    choose(items[table.remove(answers, 1)])
  end
  vim.env.SFORG_UPGRADE_PROMPT = 'off'
  vim.fn.mkdir(work, 'p')
  vim.cmd.cd(vim.fn.fnameescape(work))
  vim.fn.writefile({
    'SALESFORCE_USERNAME=u@acme.example',
    'SALESFORCE_PASSWORD=FAKE',
    'SF_CLIENT_ID=3MVG9FAKE',
    'SF_CLIENT_SECRET=FAKE',
    'SF_HOST=acme.my.salesforce.com',
  }, 'legacy.env')
  rig.install_server()
  vim.lsp.enable('sforg')

  vim.cmd.SforgImport('missing.env')
  told('no such file or folder: missing.env')

  -- No org file is open, so there is no server yet.
  vim.cmd.SforgImport('legacy.env')
  wait_for('it asks which orgs', function()
    return #asked == 1
  end)
  equal(asked[1].prompt, '2 orgs are new. Which ones?', 'the question')
  equal(asked[1].labels[1], 'All 2 orgs', 'the first answer')
  equal(vim.fn.isdirectory('orgs'), 0, 'nothing is made without an answer')

  answers = { 1, 3 }
  vim.cmd.SforgImport('legacy.env')
  told('2 orgs were imported.')
  equal(asked[3].labels, { 'nowhere, to be set later', 'to the keyring', 'to orgs/.env' }, 'where secrets go')
  equal(vim.fn.readfile('orgs/.env'), { 'SALESFORCE_PASSWORD=FAKE', 'SF_CLIENT_SECRET=FAKE' }, 'secrets are where it was said')
  local org = table.concat(vim.fn.readfile('orgs/acme.sforg.json'), '\n')
  contains(org, '${env:SF_CLIENT_SECRET}', 'the org file refers to them')
  check(not org:find('"FAKE"', 1, true), 'and has none of them')

  vim.cmd.SforgImport('legacy.env')
  told('Its 2 orgs already have files.')
end)
