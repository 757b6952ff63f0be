describe('salesforce', () => {
  it('logs in', async () => {
    await page.type('#username', 'user@acme.example');
    await page.login('user@acme.example', 'NOTREAL-page');
    expect(body.grant_type).toBe('refresh_token');
    expect(url).toContain('login.salesforce.com');
  });
});
