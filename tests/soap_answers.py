"""Invented answers of the SOAP service, in the form that its schemas describe."""

from __future__ import annotations

SERVICE = "http://training.gov.au/services/"
NIL = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'


def details(code: str = "ZZZ30124", *, kind: str = "Qualification", inside: str = "") -> str:
    """The result of GetDetails for one component: what the schema puts after the code, in its order."""
    return f"""<GetDetailsResponse xmlns="{SERVICE}" {NIL}>
  <GetDetailsResult>
    <Classifications>
      <Classification>
        <StartDate>2013-03-03</StartDate>
        <PurposeCode>1</PurposeCode><SchemeCode>01</SchemeCode><ValueCode>399999</ValueCode>
      </Classification>
      <Classification>
        <EndDate>2014-01-31</EndDate><StartDate>2013-03-03</StartDate>
        <PurposeCode>1</PurposeCode><SchemeCode>04</SchemeCode><ValueCode>0307</ValueCode>
      </Classification>
    </Classifications>
    <Code>{code}</Code>
    <ComponentType>{kind}</ComponentType>
    <Contacts><Contact><LastName>Nobody</LastName></Contact></Contacts>
    <IsLegacyData>false</IsLegacyData>
    <MappingInformation>
      <Mapping>
        <Code>{code}</Code><IsEquivalent>true</IsEquivalent>
        <MapsToCode>ZZZ30119</MapsToCode><MapsToTitle>Certificate III in Kites</MapsToTitle><Notes i:nil="true" />
      </Mapping>
    </MappingInformation>
    <ParentCode>ZZK</ParentCode>
    <ParentTitle>Kite Making</ParentTitle>
    <Releases>
      <Release>
        <Currency>Replaced</Currency><ReleaseDate>2013-03-03</ReleaseDate><ReleaseNumber>1</ReleaseNumber>
        <UnitGrid><UnitGridEntry><Code>ZZKFLY301</Code><Title>Fly single kites</Title></UnitGridEntry></UnitGrid>
      </Release>
      <Release>
        <Currency>Current</Currency><ReleaseDate>2015-02-15+10:00</ReleaseDate><ReleaseNumber>2</ReleaseNumber>
        <UnitGrid>
          <UnitGridEntry i:type="UnitGridEntry3">
            <Code>ZZKFLY301</Code><Title>Fly single kites</Title><IsEssential>true</IsEssential>
          </UnitGridEntry>
          <UnitGridEntry i:type="UnitGridEntry3">
            <Code>ZZKFLY303</Code><Title>Fly kites in company</Title><IsEssential>false</IsEssential>
          </UnitGridEntry>
        </UnitGrid>
      </Release>
    </Releases>
    <Title>Certificate III in Kite Making</Title>
    <UsageRecommendations>
      <UsageRecommendation><StartDate>2013-03-03</StartDate><State>Current</State></UsageRecommendation>
    </UsageRecommendations>{inside}
  </GetDetailsResult>
</GetDetailsResponse>"""


def enveloped(*answers: str) -> str:
    """The answers as a file: each in the body of the one envelope."""
    body = "\n".join(answers)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">'
        f"<s:Body>\n{body}\n</s:Body></s:Envelope>\n"
    )
