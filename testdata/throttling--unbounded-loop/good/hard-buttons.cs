using System.Collections.Generic;
using System.Net.Http;
using System.Windows.Forms;

public class Buttons : Form
{
    private readonly HttpClient client = new HttpClient();

    public void Fill(IEnumerable<string> machines)
    {
        foreach (var machine in machines)
        {
            var button = new Button { Text = machine };
            button.Click += async (sender, e) =>
                await client.GetAsync("https://api.securitycenter.microsoft.com/api/machines/" + machine);
            Controls.Add(button);
        }
    }
}
