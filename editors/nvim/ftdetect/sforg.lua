-- Salesforce org definition files. The patterns come before Neovim's own "*.json is json".
vim.filetype.add({
  filename = { ['sforg-project.json'] = 'salesforce-org' },
  pattern = { ['.*%.sforg%.json'] = 'salesforce-org' },
})
-- Tree-sitter has no grammar of its own for these files: they are JSON.
vim.treesitter.language.register('json', 'salesforce-org')
