/* SPDX-License-Identifier: MIT
 * page: one file, no network: style and script inline, a policy that forbids everything else.
 * Method: colours that are told apart without seeing colour, of at least 4.5:1 contrast in light and dark; tables work without the script,
 * which only sorts, filters and opens. Limits: browsers that know <details> and custom properties (2020 and later). */
#include "page.h"

#include "render.h"

static const char *const style[] = {
    ":root{color-scheme:light dark;--bg:#fff;--ink:#1a1d21;--soft:#50575f;--line:#d5d9de;--head:#f3f5f7;--link:#0b4f9e;",
    "--plus:#00629b;--minus:#a8440a;--rest:#5c6670;--plus-bg:#d9ecf7;--minus-bg:#fbe3d3;--rest-bg:#e9ecef}",
    "@media(prefers-color-scheme:dark){:root{--bg:#15181c;--ink:#e8eaed;--soft:#aab1b9;--line:#3a4149;--head:#1f242a;--link:#8ec5ff;",
    "--plus:#6cb8ea;--minus:#f0a06c;--rest:#a3acb5;--plus-bg:#12384e;--minus-bg:#4d2a12;--rest-bg:#2b3138}}",
    "*{box-sizing:border-box}body{margin:0 auto;max-width:84rem;padding:1rem 1.25rem 4rem;background:var(--bg);color:var(--ink);",
    "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}",
    "h1{font-size:1.7rem;line-height:1.2;margin:.6rem 0}h2{font-size:1.25rem;margin:2.2rem 0 .5rem}h3{font-size:1rem;margin:0}",
    "a{color:var(--link)}",
    "a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);",
    "outline-offset:2px}",
    ".skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--bg);padding:.5rem}",
    ".lead,.note,.src{color:var(--soft)}.note{font-size:.9rem;max-width:60rem}.lead{font-size:1.05rem;margin-top:0}",
    ".scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px}",
    ".tall{max-height:80vh;overflow:auto}.tall thead th{position:sticky;top:0;z-index:1}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}",
    "th,td{padding:.38rem .6rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:middle;white-space:nowrap}",
    "tbody tr:last-child>*{border-bottom:0}tfoot>tr>*{border-top:2px solid var(--line);border-bottom:0;font-weight:600}",
    "thead th{background:var(--head);font-size:.9rem}th.t,td.t{text-align:left}tbody th,tfoot th{font-weight:600;text-align:left;",
    "white-space:normal;min-width:9rem;",
    "overflow-wrap:break-word;background:var(--bg)}thead th button{all:unset;cursor:pointer;font-weight:600}",
    "thead th button:focus-visible{outline:3px solid var(--link)}",
    "thead th button::after{content:' \\2195';color:var(--soft);font-weight:400}th[aria-sort=ascending] button::after{content:' \\2191'}",
    "th[aria-sort=descending] button::after{content:' \\2193'}td a{color:inherit;text-decoration-color:var(--soft);text-underline-offset:3px}",
    ".ci{color:var(--soft);font-size:.84em}.small{color:var(--soft)}.long{white-space:normal;min-width:14rem;font-size:.9rem}",
    ".tools{display:flex;flex-wrap:wrap;gap:.6rem 1.4rem;align-items:end;margin:.6rem 0}.tools label{display:block;font-size:.9rem;color:var(--soft)}",
    "input[type=search]{font:inherit;width:18rem;max-width:100%;padding:.35rem .6rem;border:1px solid var(--soft);border-radius:5px;",
    "background:var(--bg);color:var(--ink)}",
    ".tools .check{display:flex;gap:.4rem;align-items:center;color:var(--ink)}.tools output{color:var(--soft);font-size:.9rem}",
    ".key{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:.6rem 0;padding:0;list-style:none;font-size:.9rem}.key i{display:inline-block;",
    "width:.9em;height:.9em;",
    "border-radius:2px;margin-right:.4em;vertical-align:-.08em}i.plus{background:var(--plus)}i.minus{background:var(--minus)}i.rest{background:var(--rest)}",
    "svg{display:block;max-width:none}svg text{fill:var(--ink);font:13px system-ui,sans-serif}svg .dim{fill:var(--soft)}svg.bar{width:8.5rem;",
    "height:1.5rem}table{font-size:.94rem}",
    ".f-plus{fill:var(--plus)}.f-minus{fill:var(--minus)}.f-rest{fill:var(--rest);opacity:.55}.f-band{fill:var(--plus);opacity:.18}.axis{stroke:var(--line)}",
    ".zero{stroke:var(--soft);stroke-dasharray:3 3}.line{stroke:var(--plus);stroke-width:2;fill:none}.tick{stroke:var(--ink);stroke-width:2}",
    ".cell{stroke:var(--bg);stroke-width:2}.c-none{fill:var(--head)}a:hover .cell,a:focus .cell{stroke:var(--ink)}",
    "details{border:1px solid var(--line);border-radius:6px;margin:.5rem 0}summary{cursor:pointer;padding:.5rem .8rem;font-weight:600;overflow-wrap:anywhere}",
    "summary small{font-weight:400;color:var(--soft)}details ol{margin:0;padding:0 .9rem .6rem;list-style:none}details li{padding:.6rem 0;",
    "border-top:1px solid var(--line);overflow-wrap:anywhere}",
    "details p{margin:.2rem 0}.said{font-size:1.02rem}mark{color:inherit;background:var(--rest-bg);padding:.05em .15em;border-radius:3px}",
    "mark.plus{background:var(--plus-bg)}",
    "mark.minus{background:var(--minus-bg)}mark.against{background:none;text-decoration:underline dotted;text-underline-offset:3px}",
    "mark b{text-decoration:underline;text-underline-offset:3px}.tag{display:inline-block;font-size:.82rem;",
    "font-weight:600;border:1px solid;border-radius:99px;padding:0 .6em;margin-right:.3em;color:var(--rest)}",
    ".tag.plus{color:var(--plus)}.tag.minus{color:var(--minus)}.src{font-size:.9rem}.filtered{padding:0 .9rem .5rem;font-size:.9rem}",
    "[hidden]{display:none!important}",
    "th,td{padding:.38rem .5rem}.inner{padding:0 .8rem .4rem}button.plain{font:inherit;color:var(--link);background:none;",
    "border:1px solid var(--line);border-radius:5px;padding:.1rem .6rem;cursor:pointer}",
    "@media(max-width:40rem){body{padding:.6rem .8rem 3rem}h1{font-size:1.4rem}.opt{display:none}table{font-size:.88rem}th,td{padding:.34rem .3rem}",
    "thead th{white-space:normal}svg.bar{width:4.6rem}",
    "tbody th,tfoot th{min-width:6.4rem;max-width:7.4rem;position:sticky;left:0;box-shadow:inset 0 -1px var(--line)}.ci{display:block}}",
    "@media print{html{font-size:62%}.tools,.skip,thead th button::after{display:none}.scroll{overflow:visible;border:0;max-height:none}",
    "body{max-width:none;padding:0;font-size:1rem}th,td,.long{padding:.25rem .3rem;position:static!important;white-space:normal;min-width:0}",
    "tbody th{min-width:6rem}svg{max-width:100%;height:auto}svg.bar{width:7rem;height:1.5rem}.ci{display:block}",
    "details,tr{break-inside:avoid}}",
};

static const char *const script[] = {
    "'use strict';",
    "const all=(q,e)=>Array.from((e||document).querySelectorAll(q));",
    "const value=(row,i)=>{const c=row.cells[i],v=c.dataset.v;return v===undefined?c.textContent.trim().toLowerCase():v===''?-Infinity:Number(v)};",
    "function sort(button){const th=button.closest('th'),table=th.closest('table'),body=table.tBodies[0],i=th.cellIndex;",
    "const down=th.getAttribute('aria-sort')==='descending'||(!th.hasAttribute('aria-sort')&&th.classList.contains('t'))?1:-1;",
    "all('th[aria-sort]',table).forEach(x=>x.removeAttribute('aria-sort'));th.setAttribute('aria-sort',down>0?'ascending':'descending');",
    "const rows=Array.from(body.rows).map(r=>[value(r,i),r]);",
    "rows.sort((a,b)=>a[0]<b[0]?-down:a[0]>b[0]?down:0);rows.forEach(r=>body.appendChild(r[1]))}",
    "function filter(tools){const table=document.getElementById(tools.dataset.table),text=tools.querySelector('input[type=search]').value.toLowerCase();",
    "const box=tools.querySelector('input[type=checkbox]'),small=box&&box.checked;let shown=0;",
    "Array.from(table.tBodies[0].rows).forEach(r=>{r.hidden=(text&&!all('.t',r).some(c=>c.textContent.toLowerCase().includes(text)))||(small&&'small' in r.dataset);",
    "shown+=!r.hidden});",
    "tools.querySelector('output').textContent=shown+' of '+table.tBodies[0].rows.length+' rows'}",
    "function open(id,only){const box=document.getElementById(id);if(!box)return false;",
    "for(let b=box;b;b=b.parentElement)if(b.tagName==='DETAILS')b.open=true;let n=0;const items=all('li',box);",
    "items.forEach(x=>{x.hidden=!!only&&x.dataset.s!==only;n+=!x.hidden});const note=box.querySelector('.filtered');",
    "if(note){note.hidden=!only;note.querySelector('span').textContent='only '+only+': '+n+' of '+items.length+' shown views '}",
    "box.querySelector('summary').focus();box.scrollIntoView({block:'start'});return true}",
    "document.addEventListener('click',e=>{const b=e.target.closest('th button');if(b){sort(b);return}",
    "const every=e.target.closest('.filtered button');if(every){open(every.closest('details').id,'');return}",
    "const a=e.target.closest('a[data-open]');if(a&&open(a.dataset.open,a.dataset.only||''))e.preventDefault()});",
    "all('.tools').forEach(t=>{t.hidden=false;t.addEventListener('input',()=>filter(t));filter(t)});",
    "if(location.hash.length>1)open(location.hash.slice(1),'');",
    "addEventListener('beforeprint',()=>all('details').forEach(d=>d.open=true));",
};

static void put_lines(struct strbuf *out, const char *const *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        strbuf_add(out, str_of(lines[i]));
        strbuf_char(out, '\n');
    }
}

static void put_escaped(struct strbuf *out, stance_str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *as = NULL;
        switch (s.ptr[i]) {
        case '&': as = "&amp;"; break;
        case '<': as = "&lt;"; break;
        case '>': as = "&gt;"; break;
        case '"': as = "&quot;"; break;
        case '\'': as = "&#39;"; break;
        default: continue;
        }
        strbuf_add(out, str_slice(s, from, i));
        strbuf_add(out, str_of(as));
        from = i + 1;
    }
    strbuf_add(out, str_slice(s, from, s.len));
}

void page_text(struct strbuf *out, stance_str s)
{
    struct strbuf seen = {0};
    if (!s.ptr) return;
    render_visible(&seen, s);
    put_escaped(out, strbuf_str(&seen));
    out->failed = out->failed || seen.failed;
    strbuf_free(&seen);
}

void page_url(struct strbuf *out, stance_str url)
{
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (c <= 0x20 || c >= 0x7F || c == '"' || c == '\'' || c == '<' || c == '>' || c == '\\' || c == '`') strbuf_print(out, "%%%02X", c);
        else if (c == '&') strbuf_add(out, STR("&amp;"));
        else strbuf_char(out, (char)c);
    }
}

void page_open(struct strbuf *out, stance_str title)
{
    strbuf_add(out, STR("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                        "base-uri 'none'; form-action 'none'\">\n<title>"));
    page_text(out, title);
    strbuf_add(out, STR("</title>\n<style>\n"));
    put_lines(out, style, sizeof style / sizeof *style);
    strbuf_add(out, STR("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the table</a>\n<header><h1>"));
    page_text(out, title);
    strbuf_add(out, STR("</h1></header>\n<main id=\"main\">\n"));
}

void page_close(struct strbuf *out)
{
    strbuf_add(out, STR("</main>\n<script>\n"));
    put_lines(out, script, sizeof script / sizeof *script);
    strbuf_add(out, STR("</script>\n</body>\n</html>\n"));
}

void page_filter(struct strbuf *out, const char *table, const char *what, bool small)
{
    strbuf_print(out, "<div class=\"tools\" data-table=\"%s\" hidden><div><label for=\"%s-filter\">Filter %s</label><input type=\"search\" id=\"%s-filter\"></div>"
                 "%s<output aria-live=\"polite\"></output></div>\n", table, table, what, table,
                 small ? "<label class=\"check\"><input type=\"checkbox\">hide rows too small to rank</label>" : "");
}

void page_head(struct strbuf *out, stance_str text, bool number, const char *css)
{
    strbuf_print(out, "<th scope=\"col\" class=\"%s%s%s\"><button type=\"button\">", number ? "" : "t", css && !number ? " " : "", css ? css : "");
    strbuf_add(out, text);
    strbuf_add(out, STR("</button></th>"));
}
