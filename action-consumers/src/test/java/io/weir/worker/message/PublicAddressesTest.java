package io.weir.worker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.worker.settings.Network;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "172.15.0.1", "172.32.0.1", "192.167.1.1", "2606:4700::1111", "64:ff9b::101:101"})
    void addressesOfTheInternetArePublic(String address) throws Exception {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "127.0.0.1",
                "127.255.0.9",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:a00:1",
                "fe80::1",
                "fec0::1",
                "fd00::1",
                "fc00::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1"
            })
    void allOthersAreNot(String address) throws Exception {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void aNetworkContainsWhatHasItsLeadingBits() throws Exception {
        byte[] one = new byte[16];
        one[15] = 1;
        Network network = Network.parse("10.20.0.0/14");
        assertThat(network.contains(InetAddress.getByName("10.23.255.255"))).isTrue();
        assertThat(network.contains(InetAddress.getByName("10.24.0.0"))).isFalse();
        assertThat(network.contains(InetAddress.getByName("fd00::1"))).isFalse();
        assertThat(Network.parse("::1").contains(InetAddress.getByAddress(one))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/x", "10.0.0", "example.com/8", "", "::1/129"})
    void whatIsNoNetworkIsRefusedWithoutAskingANameServer(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .hasMessageContaining("expected an address or a range of addresses");
    }
}
