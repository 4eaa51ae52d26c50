package org.latentprint.generator.xmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentprint.fixture.XmpFixture;

class XmpReaderTest {
    private static final String OPEN = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
            + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\""
            + " xmlns:g=\"http://garden.example/\">";
    private static final String CLOSE = "</rdf:Description></rdf:RDF></x:xmpmeta>";

    @Test
    void readsPropertiesInEveryFormWritersUse() {
        XmpPacket packet = XmpReader.read(new XmpFixture()
                .attribute("xmp:CreatorTool", "Garden & \"Co\"")
                .element("photoshop:Credit", "a cat")
                .array("dc:creator", "Seq", "Ann", "Ben")
                .array("dc:description", "Alt", "a lighthouse", "ein Leuchtturm")
                .packet());
        assertThat(packet.trouble()).isEmpty();
        assertThat(packet.values(XmpName.CREATOR_TOOL)).containsExactly("Garden & \"Co\"");
        assertThat(packet.values(XmpName.CREDIT)).containsExactly("a cat");
        assertThat(packet.values(XmpName.CREATOR)).containsExactly("Ann", "Ben");
        assertThat(packet.first(XmpName.DESCRIPTION)).contains("a lighthouse");
        assertThat(packet.names()).hasSize(4);
    }

    @Test
    void readsAddressesQualifiedValuesAndCharacterData() {
        XmpPacket packet = XmpReader.read(OPEN
                + "<g:address rdf:resource=\"http://cv.iptc.org/x\"/>"
                + "<g:qualified rdf:parseType=\"Resource\"><rdf:value>first</rdf:value><g:note>n</g:note></g:qualified>"
                + "<g:node><rdf:Description><rdf:value>second</rdf:value><g:note>n</g:note></rdf:Description></g:node>"
                + "<g:short><rdf:Description rdf:value=\"third\" g:note=\"n\"/></g:short>"
                + "<g:data><![CDATA[{\"a\": \"<b>\"}]]></g:data>"
                + "<g:split>one<!-- a comment --> two</g:split>"
                + CLOSE);
        assertThat(packet.trouble()).isEmpty();
        assertThat(packet.values(garden("address"))).containsExactly("http://cv.iptc.org/x");
        assertThat(packet.values(garden("qualified"))).containsExactly("first");
        assertThat(packet.values(garden("node"))).containsExactly("second");
        assertThat(packet.values(garden("short"))).containsExactly("third");
        assertThat(packet.values(garden("data"))).containsExactly("{\"a\": \"<b>\"}");
        assertThat(packet.values(garden("split"))).containsExactly("one two");
    }

    @Test
    void namesStructuresAndGivesThemNoValue() {
        XmpPacket packet = XmpReader.read(OPEN
                + "<g:place rdf:parseType=\"Resource\"><g:city>Bergen</g:city></g:place>"
                + "<g:brief g:city=\"Bergen\"/>"
                + "<g:steps><rdf:Seq><rdf:li rdf:parseType=\"Resource\"><g:action>saved</g:action></rdf:li>"
                + "<rdf:li g:action=\"saved\"/></rdf:Seq></g:steps>"
                + CLOSE);
        assertThat(packet.trouble()).isEmpty();
        assertThat(packet.names()).containsExactly(garden("brief"), garden("place"), garden("steps"));
        assertThat(packet.properties().values())
                .allSatisfy(values -> assertThat(values).isEmpty());
    }

    @Test
    void knowsNamespacesByTheirAddressAndNotByThePrefix() {
        String packet = new XmpFixture().attribute("iptcExt:DigImageGUID", "1").packet();
        assertThat(XmpReader.read(packet).first(XmpName.DIGITAL_IMAGE_GUID)).contains("1");
        String other = packet.replace("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "http://other.example/");
        assertThat(XmpReader.read(other).first(XmpName.DIGITAL_IMAGE_GUID)).isEmpty();
    }

    @Test
    void takesSeveralDescriptionsTheBareRootAndWhatStandsAroundThePacket() {
        String two =
                OPEN + "<g:a>1</g:a></rdf:Description><rdf:Description xmlns:g=\"http://garden.example/\" g:b=\"2\">"
                        + CLOSE;
        assertThat(XmpReader.read(two).names()).containsExactly(garden("a"), garden("b"));
        String bare = two.substring(two.indexOf("<rdf:RDF"), two.indexOf("</x:xmpmeta>"));
        assertThat(XmpReader.read("\uFEFF<?xpacket?>\n<?xml version=\"1.0\"?>" + bare + "\0\0\0")
                        .names())
                .containsExactly(garden("a"), garden("b"));
    }

    @Test
    void takesAsManyAttributesAsRawConvertersWrite() {
        XmpFixture fixture = new XmpFixture();
        for (int i = 0; i < 600; i++) {
            fixture.attribute("crs:Setting" + i, Integer.toString(i));
        }
        XmpPacket packet = XmpReader.read(fixture.packet());
        assertThat(packet.trouble()).isEmpty();
        assertThat(packet.names()).hasSize(600);
    }

    @Test
    void keepsWhatStandsBeforeTheBreak() {
        XmpPacket packet = XmpReader.read(OPEN + "<g:a>1</g:a><g:b>2</g:c>" + CLOSE);
        assertThat(packet.values(garden("a"))).containsExactly("1");
        assertThat(packet.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.bound()).isFalse();
            assertThat(trouble.message()).contains("line 1");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\0",
                "a cat",
                "<",
                "<x:xmpmeta",
                "<x:xmpmeta>",
                "<a/>",
                "<?xpacket begin=''?>",
                "\uD83D"
            })
    void answersTextsThatAreNoPacket(String text) {
        assertThat(XmpReader.read(text).names()).isEmpty();
    }

    @Test
    @Timeout(20)
    void refusesDocumentTypesAndEntities() {
        String bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
                + "<!ENTITY c SYSTEM \"file:///etc/hostname\">]>";
        for (String entity : new String[] {"&b;", "&c;", "&unknown;"}) {
            String body = OPEN + "<g:a>" + entity + "</g:a>" + CLOSE;
            XmpPacket behind = XmpReader.read(bomb + body);
            assertThat(behind.values(garden("a"))).isEmpty();
            assertThat(behind.trouble()).isPresent();
        }
        XmpPacket typed = XmpReader.read(bomb + "<r/>");
        assertThat(typed.names()).isEmpty();
        assertThat(typed.trouble()).isPresent();
    }

    @Test
    @Timeout(20)
    void stopsAtItsBounds() {
        String deep = OPEN + "<g:a>".repeat(XmpReader.MAX_DEPTH + 1) + "</g:a>".repeat(XmpReader.MAX_DEPTH + 1) + CLOSE;
        assertThat(XmpReader.read(deep).trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.bound()).isTrue());
        String many = OPEN + "<g:a><rdf:Bag>" + "<rdf:li>x</rdf:li>".repeat(XmpReader.MAX_VALUES + 5)
                + "</rdf:Bag></g:a>" + CLOSE;
        XmpPacket cut = XmpReader.read(many);
        assertThat(cut.values(garden("a"))).hasSize(XmpReader.MAX_VALUES);
        assertThat(cut.trouble())
                .hasValueSatisfying(
                        trouble -> assertThat(trouble.message()).contains("more than " + XmpReader.MAX_VALUES));
        String long_ = OPEN + "<g:a>" + "x".repeat(XmpReader.MAX_LENGTH) + "</g:a>" + CLOSE;
        assertThat(XmpReader.read(long_).trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.bound()).isTrue());
    }

    @Test
    @Timeout(60)
    void readsEveryCutAndFlippedCharacterWithoutFailing() {
        String packet = new XmpFixture()
                .attribute("xmp:CreatorTool", "Garden")
                .array("dc:creator", "Seq", "Ann", "Ben")
                .raw("<photoshop:Credit rdf:parseType=\"Resource\"><rdf:value>c</rdf:value></photoshop:Credit>")
                .packet();
        for (int length = 0; length < packet.length(); length++) {
            assertThat(XmpReader.read(packet.substring(0, length))).isNotNull();
        }
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            StringBuilder changed = new StringBuilder(packet);
            changed.setCharAt(random.nextInt(changed.length()), (char) random.nextInt(0x100));
            assertThat(XmpReader.read(changed.toString())).isNotNull();
        }
    }

    private static XmpName garden(String local) {
        return new XmpName("http://garden.example/", local);
    }
}
