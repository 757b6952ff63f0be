if vim.g.loaded_sforg then
  return
end
vim.g.loaded_sforg = true

if vim.fn.has('nvim-0.11') == 0 then
  vim.notify('sforg: Neovim 0.11 or later is needed', vim.log.levels.ERROR)
  return
end

-- Tree-sitter has no grammar of its own for these files: they are JSON.
vim.treesitter.language.register('json', 'salesforce-org')

vim.api.nvim_create_user_command('SforgLogin', function()
  require('sforg.commands').run('login')
end, { bar = true, desc = 'Test Salesforce Login for the org file in this buffer' })

vim.api.nvim_create_user_command('SforgResult', function()
  require('sforg.commands').run('result')
end, { bar = true, desc = 'Show the result of the last login of the org file in this buffer' })

vim.api.nvim_create_user_command('SforgAudit', function()
  require('sforg.commands').run('audit')
end, { bar = true, desc = 'Tell who else logs in as the user of the org file in this buffer' })

vim.api.nvim_create_user_command('SforgSecret', function()
  require('sforg.commands').run('secret')
end, { bar = true, desc = 'Enter the secret that the org file in this buffer needs' })

vim.api.nvim_create_user_command('SforgConvert', function()
  require('sforg.commands').run('convert')
end, { bar = true, desc = 'Convert the org file in this buffer to OAuth 2.0 client credentials' })

vim.api.nvim_create_user_command('SforgUpgrade', function(command)
  require('sforg.commands').run('upgrade', { to = command.fargs[1] })
end, { bar = true, nargs = '?', desc = 'Upgrade the project of the file in this buffer to another API version' })

vim.api.nvim_create_user_command('SforgNew', function(command)
  require('sforg.new').run(command.args)
end, { nargs = '?', complete = 'dir', desc = 'Make an org file, step by step' })

vim.api.nvim_create_user_command('SforgImport', function(command)
  require('sforg.import').run(command.args)
end, { nargs = 1, complete = 'file', desc = 'Make org files from a Design Studio project or another source' })

vim.api.nvim_create_user_command('SforgScan', function()
  require('sforg.scan').run()
end, { bar = true, desc = 'Find every Salesforce login in the workspace, and when it breaks' })

vim.api.nvim_create_user_command('SforgOrgs', function(command)
  require('sforg.orgs').orgs(command.bang)
end, { bar = true, bang = true, desc = 'Choose one of all orgs, shown with their state; with ! list them' })

vim.api.nvim_create_user_command('SforgDeadlines', function()
  require('sforg.orgs').deadlines()
end, { bar = true, desc = 'List the orgs that stop working, by the day' })

vim.api.nvim_create_user_command(
  'SforgExplain',
  function(command)
    require('sforg.why').run(command)
  end,
  {
    bar = true,
    range = true,
    register = true,
    desc = 'Explain the Salesforce login error in the lines, or in a register',
  }
)

local group = vim.api.nvim_create_augroup('sforg', { clear = true })

vim.api.nvim_create_autocmd('FileType', {
  group = group,
  pattern = 'salesforce-org',
  desc = 'Say so when the server of an org file cannot start',
  callback = function()
    -- Later, so that an init.lua which calls vim.lsp.enable() after opening a file is heard.
    vim.schedule(function()
      require('sforg.start').report_problems()
    end)
  end,
})

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  desc = 'Code lenses and inlay hints of org files, where the user wants them',
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'sforg' then
      require('sforg.attach').on_attach(client, event.buf)
    end
  end,
})

vim.api.nvim_create_autocmd('LspProgress', {
  group = group,
  pattern = 'begin',
  desc = 'Say what the server has begun to do: a login takes a few seconds',
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'sforg' then
      local text = require('sforg.text')
      local title = text.fit('sforg: ' .. text.line(event.data.params.value.title), vim.v.echospace - 2)
      vim.api.nvim_echo({ { title .. ' …' } }, false, {})
    end
  end,
})
