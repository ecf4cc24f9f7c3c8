//! How does a capture read in a terminal? Hosts by whose they are, cookies, forms, links; and what it cannot show.

use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use crate::domain::capture::Capture;
use crate::domain::capture::CaptureLabel;
use crate::domain::capture::Cookie;
use crate::domain::capture::Host;
use crate::domain::capture::SecurityHeader;
use crate::domain::capture::Service;
use crate::domain::capture::Source;
use crate::domain::text::Language;
use crate::domain::text::Text;
use crate::domain::text::plain_line;
use crate::domain::words::capture as words;
use crate::storage::captures::Seen;

/// So many entries of a list are read on a screen; whoever wants all of them asks for the record.
const MOST: usize = 10;

/// All captures of a visit; nothing where there is none.
pub fn list(captures: &[Seen], apart: bool, language: Language, out: &mut dyn Write) -> io::Result<()> {
    if captures.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", language.pick("CAPTURES", "CAPTURES"))?;
    for seen in captures {
        writeln!(out)?;
        match &seen.capture {
            Ok(capture) => print(&seen.label, capture, language, out)?,
            Err(error) => {
                writeln!(out, "  {}", head(&seen.label, language))?;
                if !apart {
                    writeln!(out, "    {}", plain_line(error.message.get(language)))?;
                }
            }
        }
    }
    Ok(())
}

fn head(label: &CaptureLabel, language: Language) -> String {
    let phase = words::phase(language, label.phase);
    format!("{} · {phase} · {}", plain_line(&label.name), language.date(label.on))
}

/// One capture, whole.
pub fn print(
    label: &CaptureLabel,
    capture: &Capture,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    Paper { language, most: usize::MAX, out }.capture(label, capture)
}

/// The same, with no more than the first few of what it lists by the hundred.
pub fn summary(
    label: &CaptureLabel,
    capture: &Capture,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    Paper { language, most: MOST, out }.capture(label, capture)
}

/// What stands between a label and its text.
fn colon(language: Language) -> &'static str {
    language.pick(" : ", ": ")
}

/// Where lines go, and in which language.
struct Paper<'a> {
    language: Language,
    /// So many entries of a list are named.
    most: usize,
    out: &'a mut dyn Write,
}

impl Paper<'_> {
    fn capture(mut self, label: &CaptureLabel, capture: &Capture) -> io::Result<()> {
        writeln!(self.out, "  {}", head(label, self.language))?;
        let programs = [capture.tool.trim(), capture.browser.trim()];
        let mut programs: Vec<&str> = programs.into_iter().filter(|name| !name.is_empty()).collect();
        programs.dedup();
        self.line(("Enregistrée par", "Recorded by"), &programs.join(" · "))?;
        self.line(("SHA-256", "SHA-256"), &capture.digest)?;
        let own: Vec<&str> = capture.first_party.iter().map(String::as_str).collect();
        self.line(("Domaines du site", "The site’s domains"), &own.join(", "))?;
        self.entries(("Pages vues", "Pages seen"), &capture.pages)?;
        self.connection(capture)?;
        self.third_parties(capture)?;
        self.own_hosts(capture)?;
        self.cookies(capture)?;
        self.rest(capture)
    }

    fn pick<T>(&self, fr: T, en: T) -> T {
        self.language.pick(fr, en)
    }

    /// A label with its text; nothing where there is no text.
    fn line(&mut self, label: (&str, &str), text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let label = self.pick(label.0, label.1);
        writeln!(self.out, "    {label}{}{}", colon(self.language), plain_line(text))
    }

    /// A label with their number, then one a line; nothing where there are none.
    fn entries(&mut self, label: (&str, &str), entries: &[String]) -> io::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        self.line(label, &entries.len().to_string())?;
        // One more is named rather than counted.
        let most = if entries.len() == self.most.saturating_add(1) { entries.len() } else { self.most };
        for entry in entries.iter().take(most) {
            writeln!(self.out, "      {}", plain_line(entry))?;
        }
        match entries.len().saturating_sub(most) {
            0 => Ok(()),
            more => {
                let others =
                    self.pick("autres, que `privaudit show` montre", "more, which `privaudit show` lists");
                writeln!(self.out, "      … {more} {others}")
            }
        }
    }

    fn connection(&mut self, capture: &Capture) -> io::Result<()> {
        let said = |truth: bool| self.language.pick(["non", "oui"], ["no", "yes"])[usize::from(truth)];
        let (https, leads) = (capture.https.map(said), capture.redirects_to_https.map(said));
        self.line(("Site en HTTPS", "Site over HTTPS"), https.unwrap_or_default())?;
        self.line(("HTTP mène à HTTPS", "HTTP leads to HTTPS"), leads.unwrap_or_default())?;
        if let Some(headers) = &capture.security_headers {
            let names = |sent: bool| {
                let all = SecurityHeader::ALL.into_iter().filter(|header| headers.contains(header) == sent);
                all.map(SecurityHeader::name).collect::<Vec<_>>().join(", ")
            };
            self.line(("En-têtes de sécurité", "Security headers"), &names(true))?;
            self.line(("En-têtes de sécurité absents", "Security headers missing"), &names(false))?;
        }
        Ok(())
    }

    fn third_parties(&mut self, capture: &Capture) -> io::Result<()> {
        let mut domains: BTreeMap<&str, Vec<(&String, &Host)>> = BTreeMap::new();
        for (name, host) in capture.third_parties() {
            domains.entry(&host.domain).or_default().push((name, host));
        }
        let hosts = capture.third_parties().count();
        let hosts = Text::counted(hosts, ("hôte", "hôtes"), ("host", "hosts"));
        let count = Text::counted(domains.len(), ("domaine", "domaines"), ("domain", "domains"));
        let count = format!("{}, {}", hosts.get(self.language), count.get(self.language));
        self.line(("Tiers", "Third parties"), &count)?;
        for (domain, hosts) in domains {
            let mut services: Vec<&Service> =
                hosts.iter().filter_map(|(_, host)| host.service.as_ref()).collect();
            services.sort();
            services.dedup();
            let named: Vec<String> = services.iter().map(|service| self.service(service)).collect();
            let unknown = self.pick("inconnu", "unknown").to_owned();
            let named = if named.is_empty() { unknown } else { named.join(" ; ") };
            writeln!(self.out, "      {} · {}", plain_line(domain), plain_line(&named))?;
            for (name, host) in hosts {
                self.host(name, host)?;
            }
        }
        Ok(())
    }

    fn service(&self, service: &Service) -> String {
        let company = if service.company == service.name { "" } else { &service.company };
        let country = service.country.as_deref().unwrap_or_default();
        let who =
            [company, country].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let who = if who.is_empty() { who } else { format!(" ({who})") };
        format!("{}{who} · {}", service.name, words::category(self.language, service.category))
    }

    fn host(&mut self, name: &str, host: &Host) -> io::Result<()> {
        let kinds =
            host.kinds.iter().map(|(kind, count)| format!("{} {count}", words::kind(self.language, *kind)));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        let plain = match host.plain_http {
            0 => String::new(),
            count => self.pick(format!(" · {count} sans HTTPS"), format!(" · {count} without HTTPS")),
        };
        let kinds = if kinds.is_empty() { kinds } else { format!(" · {kinds}") };
        writeln!(self.out, "        {}{kinds}{plain}", plain_line(name))
    }

    fn own_hosts(&mut self, capture: &Capture) -> io::Result<()> {
        let own: Vec<(&String, &Host)> = capture.hosts.iter().filter(|(_, host)| !host.third_party).collect();
        self.line(("Hôtes du site", "The site’s own hosts"), &own.len().to_string())?;
        for (name, host) in own {
            self.host(name, host)?;
            if host.cname_like {
                let doubt = self.pick(
                    "un traceur pourrait s’y cacher (CNAME) : demander à qui il est",
                    "a tracker could hide behind it (CNAME): ask whose it is",
                );
                writeln!(self.out, "          {doubt}")?;
            }
        }
        Ok(())
    }

    fn cookies(&mut self, capture: &Capture) -> io::Result<()> {
        if !capture.carries_cookies {
            let said = self.pick(
                "ce fichier ne contient aucune donnée de cookie (export « sanitized » de Chrome ?) ; rien n’en est déduit",
                "this file carries no cookie data (Chrome’s sanitised export?); nothing follows from that",
            );
            return self.line(("Cookies", "Cookies"), said);
        }
        self.line(("Cookies", "Cookies"), &capture.cookies.len().to_string())?;
        for cookie in &capture.cookies {
            let said = self.cookie(cookie);
            writeln!(self.out, "      {}", plain_line(&said))?;
        }
        Ok(())
    }

    fn cookie(&self, cookie: &Cookie) -> String {
        let mut parts = vec![
            format!("{} ({})", cookie.name, cookie.host),
            self.pick(["du site", "d’un tiers"], ["the site’s", "a third party’s"])
                [usize::from(cookie.third_party)]
            .to_owned(),
            words::life(self.language, cookie.life),
            words::set_by(self.language, cookie.set_by).to_owned(),
        ];
        parts.extend((cookie.secure == Some(true)).then(|| "Secure".to_owned()));
        parts.extend((cookie.http_only == Some(true)).then(|| "HttpOnly".to_owned()));
        parts.extend(cookie.same_site.map(|same_site| format!("SameSite={same_site:?}")));
        parts.join(" · ")
    }

    fn rest(&mut self, capture: &Capture) -> io::Result<()> {
        match capture.source {
            Source::Har => {
                let said = self.pick("un HAR ne les montre pas", "a HAR does not show them");
                self.line(("Stockage du navigateur", "Browser storage"), said)?;
            }
            Source::Inspection => {
                let keys = capture
                    .storage
                    .iter()
                    .flat_map(|(origin, keys)| keys.iter().map(move |key| format!("{origin} · {key}")));
                self.entries(("Stockage du navigateur", "Browser storage"), &keys.collect::<Vec<_>>())?;
            }
        }
        let beacons = capture.beacons.iter().map(|beacon| {
            let list = if beacon.list.is_empty() { String::new() } else { format!(" · {}", beacon.list) };
            format!("{} × {}{list}", beacon.address, beacon.times)
        });
        self.entries(("Pixels et balises", "Beacons"), &beacons.collect::<Vec<_>>())?;
        let forms = capture.forms.iter().map(|form| {
            let secure = if form.secure { "" } else { self.pick(" · sans HTTPS", " · without HTTPS") };
            let fields: Vec<&str> = form.fields.iter().map(String::as_str).collect();
            let fields = if fields.is_empty() { String::new() } else { format!(" · {}", fields.join(", ")) };
            format!("{} {}{secure}{fields}", form.method, form.action)
        });
        self.entries(("Formulaires", "Forms"), &forms.collect::<Vec<_>>())?;
        let identifiers = capture.identifiers.iter().map(|identifier| {
            let sign = words::sign(self.language, identifier.sign);
            format!("{} · {} · {sign}", identifier.host, identifier.parameter)
        });
        self.entries(
            ("Identifiants dans les adresses", "Identifiers in addresses"),
            &identifiers.collect::<Vec<_>>(),
        )?;
        if capture.shows_pages {
            let links = capture.links.iter();
            let links =
                links.map(|link| format!("{} · {}", words::link(self.language, link.kind), link.address));
            let links: Vec<String> = links.collect();
            if links.is_empty() {
                let none = self.pick("aucun trouvé", "none found");
                self.line(("Liens utiles", "Links of interest"), none)?;
            }
            self.entries(("Liens utiles", "Links of interest"), &links)?;
        } else {
            let said = self.pick(
                "ce fichier ne contient pas le texte des pages",
                "this file does not hold the text of the pages",
            );
            self.line(("Liens et formulaires", "Links and forms"), said)?;
        }
        if capture.left_out > 0 {
            self.line(
                ("Laissés de côté, trop nombreux", "Left out, too many"),
                &capture.left_out.to_string(),
            )?;
        }
        Ok(())
    }
}
