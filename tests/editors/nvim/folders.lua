-- One server for several projects: SERVER=… nvim --headless -l folders.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local equal, wait_for = t.equal, t.wait_for

--- A project with two org files of the same name; the second one is never opened.
local function write_project(name)
  local folder = t.work .. '/' .. name
  vim.fn.mkdir(folder, 'p')
  vim.fn.writefile({ '{ "apiVersion": "66.0" }' }, folder .. '/sforg-project.json')
  for _, file in ipairs({ 'opened', 'closed' }) do
    vim.fn.writefile({ '{ "name": "Same" }' }, ('%s/%s.sforg.json'):format(folder, file))
  end
  return folder
end

local function codes(path)
  return vim.tbl_map(function(d)
    return d.code
  end, vim.diagnostic.get(vim.fn.bufnr(path)))
end

local function clients()
  return vim.lsp.get_clients({ name = 'sforg' })
end

local function folders_of(client)
  return vim.tbl_map(function(folder)
    return vim.uri_to_fname(folder.uri)
  end, client.workspace_folders or {})
end

--- That the server has read the project's closed file too, and says so once.
local function sees_whole_project(folder)
  local path = folder .. '/opened.sforg.json'
  wait_for('the name is found twice in ' .. vim.fs.basename(folder), function()
    return vim.list_contains(codes(path), 'duplicate-org-name')
  end)
  equal(#vim.tbl_filter(function(code)
    return code == 'duplicate-org-name'
  end, codes(path)), 1, 'and told once')
end

t.run(function()
  t.load_plugin()
  rig.install_server()
  vim.env.SFORG_UPGRADE_PROMPT = 'off'
  local first, second, third = write_project('first'), write_project('second'), write_project('third')
  local nested = write_project('first/nested')
  vim.lsp.enable('sforg')

  -- Both before the server has answered to anything.
  vim.cmd.edit(first .. '/opened.sforg.json')
  vim.cmd.edit(second .. '/opened.sforg.json')
  equal(clients()[1] and clients()[1].initialized, nil, 'the second file comes while the server is starting')
  sees_whole_project(first)
  sees_whole_project(second)

  vim.cmd.edit(third .. '/opened.sforg.json')
  sees_whole_project(third)
  vim.cmd.edit(nested .. '/opened.sforg.json')
  sees_whole_project(nested)
  vim.fn.writefile({ '{ "name": "Lone" }' }, t.work .. '/lone.sforg.json')
  vim.cmd.edit(t.work .. '/lone.sforg.json')
  wait_for('a file outside of every project is looked at as well', function()
    return vim.list_contains(codes(t.work .. '/lone.sforg.json'), 'missing-member')
  end)

  equal(#clients(), 1, 'all by one server')
  equal(folders_of(clients()[1]), { first, second, third }, 'which knows each folder once, not those inside others')
end)
