-- Design Studio's own org files in real Neovim: SERVER=… nvim --headless -l design_studio.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local check, contains, equal, wait_for = t.check, t.contains, t.equal, t.wait_for

local work = t.work .. '/acme'
local project = work .. '/Initech payroll'
local xml = project .. '/Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-000000000001.xml'

local function copy_project()
  local source = t.root .. '/tests/fixtures/design-studio/Initech payroll'
  for name, kind in vim.fs.dir(source, { depth = 8 }) do
    if kind == 'file' then
      vim.fn.mkdir(vim.fs.dirname(project .. '/' .. name), 'p')
      vim.fn.writefile(vim.fn.readfile(source .. '/' .. name, 'b'), project .. '/' .. name, 'b')
    end
  end
end

local function codes(bufnr)
  local all = vim.tbl_map(function(diagnostic)
    return diagnostic.code
  end, vim.diagnostic.get(bufnr))
  table.sort(all)
  return table.concat(all, ' ')
end

t.run(function()
  t.load_plugin()
  vim.env.SFORG_TODAY = '2026-11-24'
  vim.env.SFORG_UPGRADE_PROMPT = 'off'
  vim.g.sforg_code_lens = true
  local answers = {}
  vim.ui.select = function(items, _, choose)
    choose(items[table.remove(answers, 1)])
  end
  copy_project()
  vim.cmd.cd(vim.fn.fnameescape(work))
  vim.fn.writefile({ '<project/>' }, work .. '/pom.xml')
  vim.fn.writefile({ '' }, work .. '/.git')
  rig.install_server()
  vim.lsp.enable('sforg')
  vim.cmd('filetype on')

  vim.cmd.edit(vim.fn.fnameescape(work .. '/pom.xml'))
  local other = vim.api.nvim_get_current_buf()
  vim.cmd.edit(vim.fn.fnameescape(xml))
  local bufnr = vim.api.nvim_get_current_buf()
  local before = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
  wait_for('the findings of an org that Design Studio keeps', function()
    return codes(bufnr) == 'basic-auth-retiring upgrade-available'
  end)
  equal(vim.bo[bufnr].filetype, 'xml', 'its file type')
  local client = vim.lsp.get_clients({ name = 'sforg', bufnr = bufnr })[1]
  check(client ~= nil, 'the server is attached')

  local function lenses()
    local answer = client:request_sync('textDocument/codeLens', { textDocument = { uri = vim.uri_from_bufnr(bufnr) } }, 5000, bufnr)
    return answer and answer.result or {}
  end
  local function lens(title)
    for _, one in ipairs(lenses()) do
      if one.command.title == title then
        return one.command
      end
    end
  end
  client:exec_cmd(assert(lens('Used by 2 operations'), 'the lens of the operations'), { bufnr = bufnr })
  wait_for('the operations are in the location list', function()
    return #vim.fn.getloclist(0) == 2
  end)
  contains(vim.api.nvim_buf_get_name(vim.fn.getloclist(0)[1].bufnr), '/Data/Operation/', 'one of them')
  vim.cmd.lclose()
  vim.cmd.buffer(bufnr)

  answers = { 1 }
  client:exec_cmd(assert(lens('Import into an org file'), 'the lens of the import'), { bufnr = bufnr })
  wait_for('the org file is made', function()
    local made = vim.fn.glob(work .. '/orgs/*.sforg.json', false, true)
    return #made == 1 and #vim.fn.readfile(made[1]) > 3
  end)
  -- A request that waits for its answer waits by itself: it cannot be part of another wait.
  local tested
  for _ = 1, 2000 do
    tested = lens('Test Salesforce Login')
    if tested then
      break
    end
    vim.wait(20)
  end
  check(tested ~= nil, 'the login of the org file can be tested from here')

  vim.lsp.buf.format({ bufnr = bufnr, timeout_ms = 2000 })
  equal(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), before, 'nothing changes the file')
  equal(#vim.lsp.get_clients({ name = 'sforg', bufnr = other }), 0, 'other XML is left alone')
end)
