-- The plugin as plugin managers install it, from the branch that a release pushes, with editors/nvim as its root:
-- SERVER=… nvim --headless -l installed.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local check, equal = t.check, t.equal

--- @param command string[]
--- @param options? table
--- @return string
local function run(command, options)
  local ran = vim.system(command, vim.tbl_extend('force', { text = true }, options or {})):wait()
  assert(ran.code == 0, ran.stderr)
  return vim.trim(ran.stdout)
end

--- A repository with the branch as it is after two releases.
--- @return string url
local function repository()
  local folder, released = t.work .. '/repository', t.work .. '/released.git'
  -- What git ignores in the plugin's folder would not be in a release either.
  local files = vim.split(run({ 'git', '-C', t.root, 'ls-files', 'editors/nvim' }), '\n')
  for _, path in ipairs(files) do
    local target = folder .. '/' .. path
    vim.fn.mkdir(vim.fs.dirname(target), 'p')
    assert(vim.uv.fs_copyfile(t.root .. '/' .. path, target))
  end
  run({ 'git', 'init', '-q', '--bare', released })
  run({ 'git', '-C', folder, 'init', '-q' })
  run({ 'git', '-C', folder, 'add', '.' })
  run({ 'git', '-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@acme.example', 'commit', '-q', '-m', 'Plugin' })
  for _, version in ipairs({ 'v0.1.0', 'v0.2.0' }) do
    run({ 'bash', t.root .. '/.github/push-nvim.sh', released, version }, { cwd = folder })
  end
  local pushed = run({ 'git', '-C', released, 'log', '--format=%s', 'nvim' })
  equal(pushed, 'sforg v0.2.0\nsforg v0.1.0', 'the branch has a commit for each release')
  equal(#vim.split(run({ 'git', '-C', released, 'ls-tree', '-r', 'nvim' }), '\n'), #files, 'and all of the plugin')
  return 'file://' .. released
end

--- Where each manager clones a plugin to below Neovim's data folder, and what it does to load it.
local MANAGERS = {
  {
    name = 'vim.pack, and packages by hand',
    folder = 'site/pack/core/opt/sforg',
    load = [[vim.opt.packpath:prepend(vim.fn.stdpath('data') .. '/site') vim.cmd.packadd('sforg')]],
  },
  {
    name = 'lazy.nvim',
    folder = 'lazy/sforg',
    load = [[local folder = vim.fn.stdpath('data') .. '/lazy/sforg'
      vim.opt.runtimepath:prepend(folder)
      vim.cmd.source(folder .. '/ftdetect/sforg.lua')
      vim.cmd.source(folder .. '/plugin/sforg.lua')]],
  },
}

--- What a person does in a Neovim of their own, and what comes of it.
local PERSON = [[
  vim.lsp.enable('sforg')
  vim.cmd.edit('acme.sforg.json')
  local found = vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end, 20)
  vim.cmd.helptags(FOLDER .. '/doc')
  vim.cmd.help('sforg-install')
  local help = vim.fs.normalize(vim.fn.expand('%:p'))
  vim.cmd.checkhealth('sforg')
  local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  io.stdout:write(vim.json.encode({
    commands = vim.fn.exists(':SforgLogin'),
    filetype = vim.filetype.match({ filename = 'acme.sforg.json' }),
    found = found,
    help = help,
    health = health,
    module = vim.fs.normalize(vim.api.nvim_get_runtime_file('lua/sforg/health.lua', false)[1] or ''),
  }))
]]

--- @param manager table
--- @param url string
local function as_installed_by(manager, url)
  local home = ('%s/%s'):format(t.work, manager.name:gsub('%W', ''))
  local folder = home .. '/data/nvim/' .. manager.folder
  run({ 'git', 'clone', '-q', '--branch', 'nvim', url, folder })
  vim.fn.mkdir(home .. '/orgs', 'p')
  vim.fn.writefile({ '{ "name": "Acme" }' }, home .. '/orgs/acme.sforg.json')
  local script = home .. '/person.lua'
  vim.fn.writefile(
    vim.split(("local FOLDER = %q\nvim.cmd('filetype plugin indent on')\n%s\n%s"):format(folder, manager.load, PERSON), '\n'),
    script
  )
  local ran = vim
    .system({ vim.v.progpath, '--headless', '--clean', '-l', script }, {
      text = true,
      cwd = home .. '/orgs',
      env = {
        HOME = home,
        XDG_CONFIG_HOME = home .. '/config',
        XDG_DATA_HOME = home .. '/data',
        XDG_STATE_HOME = home .. '/state',
        XDG_CACHE_HOME = home .. '/cache',
      },
    })
    :wait()
  local told, seen = pcall(vim.json.decode, ran.stdout)
  if not check(told, manager.name .. ': Neovim runs to its end', ran) then
    return
  end
  local function is(got, wanted, what)
    equal(got, wanted, ('%s: %s'):format(manager.name, what))
  end
  is(seen.commands, 2, 'the commands are there')
  is(seen.filetype, 'salesforce-org', 'an org file is known by its name')
  is(seen.found, true, 'the server is started and finds what is wrong')
  is(seen.help, folder .. '/doc/sforg.txt', 'the manual is there')
  is(seen.module, folder .. '/lua/sforg/health.lua', 'the modules are those of the clone')
  check(seen.health:find('OK Running (client 1)', 1, true), manager.name .. ': :checkhealth is content', seen.health)
end

t.run(function()
  rig.install_server()
  local url = repository()
  for _, manager in ipairs(MANAGERS) do
    as_installed_by(manager, url)
  end
end)
