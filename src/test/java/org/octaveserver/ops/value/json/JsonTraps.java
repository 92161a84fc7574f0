package org.octaveserver.ops.value.json;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** JSON texts on which two readers are likely to differ: in what they take, as which value, or in why they refuse. */
final class JsonTraps {
    /** Apostrophes stand for quotation marks. */
    private static final List<String> SMALL = texts("""
            5 ¦ -0 ¦ -0.0 ¦ [-0,-0.0,-0e5] ¦ 1e-999999999 ¦ -1e-400 ¦ 1e999 ¦ 1e999999999 ¦ [1,-1e400] ¦ 9007199254740993 ¦
            9223372036854776833 ¦ 18446744073709551616 ¦ 0.1e1 ¦ 1E+2 ¦ 1e-2 ¦ true ¦ [true,false] ¦ [[true],[false]] ¦
            [true,1] ¦ [1,true] ¦ null ¦ [1,null] ¦ [null] ¦ '' ¦ 'hey' ¦ 'NaN' ¦ ['NaN'] ¦ ['NaN',1,{'mwdata':'Inf'}] ¦
            ['nan'] ¦ ['a','b'] ¦ [1,'x'] ¦ ['\\u004eaN','\\u002dInf'] ¦ [{'mw\\u0064ata':'NaN'}] ¦
            [{'mwdata':'NaN','more':[1,null]}] ¦ [] ¦ [[]] ¦ [[],[]] ¦ [[[]],[[]]] ¦ [[],[1]] ¦ [[1],[]] ¦ [1,[2]] ¦
            [[1,2],[3]] ¦ [[1,2],3] ¦ [[1,2],[3,4,5]] ¦ [[[1,5],[3,7]],[[2,6],[4,8]]] ¦ [[[1]],[[2]]] ¦ [[[1,2]],[[3]]] ¦
            [[1],{'a':1}] ¦ [{'a':1}] ¦ [1,[[2]],3] ¦ [[1,[2]],[3,4]] ¦ [[[1],[2]],[3,[4]]] ¦ {} ¦ {'a':1,'a':2} ¦
            {'a':{'b':[1,'x']}} ¦ {'a b':null} ¦ {'':null} ¦ {'é':null} ¦ {'':1} ¦ {'1 x':2} ¦
            {'a':1,'b':{'c':[],'d':'x'},'e':[[1,2]]} ¦ {'mwcomplex':true} ¦ {'mwmetadata':{'mwcomplex':5}} ¦ {'mwdata':[1]} ¦
            {'mwdata':'nan'} ¦ {'mwdata':'NaN'} ¦ {'mwdata':'-Inf','x':null} ¦ {'mwsize':[1,1],'x':1} ¦
            {'mwtype':'double','mwdata':[1]} ¦ {'mwtype':'double','mwsize':[1,1]} ¦
            {'mwdata':[1],'mwdata':[1],'mwsize':[1,1],'mwtype':'double'} ¦ '\\ud83d\\ude00' ¦ '\\ud83d' ¦ '\\ude00' ¦
            '\\udc7f' ¦ '\\udc80' ¦ '\\udd00' ¦ '\\ud83d\\udc80' ¦ '\\udcc3\\udca9' ¦ '\\udc80\\ud83d\\ude00' ¦
            '\\ud83d\\ud83d\\ude00' ¦ 'a\\/b\\b\\f\\n\\r\\t\\u0000\\\\' ¦ '\\u00e9\\u20ac\\uFFFF\\u07FF\\u0800' ¦
            {'\\u0061':'\\u0062'} ¦ {'a\\nb':null} ¦ {'\\ud83d\\ude00':null} ¦ [1,'\u2028\u007f\u0080']""");

    private static final List<String> BROKEN = texts("""
            [ ¦ ] ¦ { ¦ } ¦ , ¦ : ¦ ' ¦ 'a ¦ 'a\\ ¦ 'a\\' ¦ \\ ¦ \\'a' ¦ [1 ¦ [1, ¦ [1,] ¦ [,1] ¦ [1 2] ¦ [1:2] ¦ {'a'} ¦
            {'a':} ¦ {'a':1,} ¦ {,} ¦ {1:2} ¦ {'a' 1} ¦ {'a':1 'b':2} ¦ {'a':1:2} ¦ {'a','b'} ¦ [} ¦ {] ¦ [1} ¦ {'a':1] ¦
            [[1] ¦ 1 2 ¦ 'a' 'b' ¦ 'a''b' ¦ [1]] ¦ {}} ¦ [1][2] ¦ 01 ¦ -01 ¦ - ¦ +1 ¦ .5 ¦ 5. ¦ 1.e3 ¦ 1e ¦ 1e+ ¦ 1E5.5 ¦
            --1 ¦ 1- ¦ 0x10 ¦ 1_000 ¦ NaN ¦ Infinity ¦ -Infinity ¦ tru ¦ truee ¦ True ¦ nul ¦ nulll ¦ fals ¦ falsee ¦
            [true false] ¦ [truefalse] ¦ 1true ¦ 'a'1 ¦ 1'a' ¦ '\\x' ¦ '\\u12' ¦ '\\u12g4' ¦ '\\uD83' ¦ 'a\nb' ¦ 'a\tb' ¦
            'a\u0000b' ¦ [1,\u00a02] ¦ \ufeff1 ¦ é ¦ /*1*/2 ¦ [1,2]// ¦ #1 ¦ ['a] ¦ {'a:1} ¦ [\u000b1] ¦ [1\f] ¦ \u00001 ¦
            '\\ ¦ '\\\\ ¦ '\\\\' ¦ '\\\\\\' ¦ '\\\\\\'' ¦ ['''] ¦ ['\\\\','\\\\\\'']""");

    private static final List<String> SIZES = texts("""
            [1,1] ¦ [1,2] ¦ [2,1] ¦ [0,0] ¦ [0,3] ¦ [1,0] ¦ [2,2] ¦ [1,2,2] ¦ [1,2,1,1] ¦ [1,1,1] ¦ [3,0,2] ¦ [2,0] ¦ [1] ¦
            5 ¦ [] ¦ 'x' ¦ {} ¦ null ¦ [1,-1] ¦ [1.5,1] ¦ ['1',1] ¦ [-0,1] ¦ [1e0,2.0] ¦ [2,null] ¦ [1,[2]] ¦ [134217728,1] ¦
            [2147483647,1] ¦ [2147483648,1] ¦ [4294967296,4294967296] ¦ [3000000000,1] ¦ [3000000000,0] ¦
            [9223372036854775807,2] ¦ [9223372036854775808,1] ¦ [1e300,1]""");

    private static final List<String> DATA = texts("""
            [] ¦ [1] ¦ [1,2] ¦ [1,2,3,4] ¦ 5 ¦ 1.5 ¦ [1.5] ¦ [-1] ¦ [-0] ¦ [128] ¦ [-129] ¦ [255] ¦ [65536] ¦ [1e1] ¦
            [1,2,'x'] ¦ ['1'] ¦ '1' ¦ 'NaN' ¦ ['NaN'] ¦ ['NaN','-Inf'] ¦ {'mwdata':'-Inf'} ¦ [{'mwdata':'Inf'}] ¦ [null] ¦
            [[1]] ¦ [[1,2]] ¦ [[1,2],[3,4]] ¦ [[1,2],3] ¦ [[1,2,3]] ¦ [1,[2,3]] ¦ [{'a':1}] ¦ [{}] ¦ null ¦ true ¦ [true] ¦
            [true,false] ¦ [1e39] ¦ [2e23] ¦ [1e22,1E2,-5e-324] ¦ [3.4028235677973366e38] ¦
            [3.4028235677973365e38] ¦ [-3.4028235e38] ¦ [1e-46,7.038531e-26] ¦
            [7.0064923216240853e-46,7.0064923216240854e-46] ¦
            [1.00000005960464477539062500001,1.000000059604644775390625] ¦ [9223372036854775807] ¦ [9223372036854775808] ¦
            [-9223372036854775808] ¦ [-9223372036854775809] ¦ [18446744073709551615] ¦ [18446744073709551616] ¦
            [9007199254740993.0] ¦ [9007199254740993.5] ¦ [9007199254740991.9999999999999999] ¦ [9007199254740993e0] ¦
            [900719925474099.3e1,1.0] ¦ [90071992547409930e-1] ¦ [1e18] ¦ [1e19] ¦ [1e20] ¦ [123456789012345678901] ¦
            [0.00009007199254740993e20] ¦ [-9223372036854775808.0] ¦ ['abc'] ¦ 'abc' ¦ ['a','b'] ¦ [''] ¦ '' ¦ ['acbd'] ¦
            ['né'] ¦ ['éßñü'] ¦ ['aé'] ¦ ['\\udc80\\udcff'] ¦ ['\\ud800'] ¦ ['a',{'mwdata':'missing'}] ¦
            [{'mwdata':'missing'}] ¦ {'mwdata':'missing'} ¦ [5] ¦ [[1,'x']] ¦ [1,'NaN',[1,2],{'mwdata':'NaN'}] ¦ {} ¦
            {'a':[1]} ¦ {'a':[1,2]} ¦ {'a':1,'b':['x']} ¦ {'a':[1],'a':[1]} ¦ {'a':[1,2],'b':[null,2]} ¦ {'TimeStamp':1}""");

    private static final List<String> TYPES = texts("""
            'double' ¦ 'single' ¦ 'int8' ¦ 'uint8' ¦ 'int64' ¦ 'uint64' ¦ 'logical' ¦ 'char' ¦ 'string' ¦ 'cell' ¦ 'struct' ¦
            'datetime' ¦ 'd\\u006fuble' ¦ 7""");

    private JsonTraps() {}

    private static List<String> texts(String all) {
        return Stream.of(all.split("¦", -1)).map(String::strip).toList();
    }

    static List<String> all() {
        List<String> texts = new ArrayList<>(SMALL);
        texts.addAll(BROKEN);
        texts.addAll(List.of("", " ", "[1,'\\n" + "x".repeat(100) + "']", "[1,'" + "\uD83D\uDE00".repeat(30) + "']"));
        for (String type : TYPES) {
            SIZES.forEach(size -> texts.add(large(type, size, "[1]", "")));
            for (String size : List.of("[1,1]", "[1,2]", "[2,2]", "[0,0]")) {
                DATA.forEach(data -> texts.add(large(type, size, data, "")));
            }
        }
        for (String data : DATA) {
            for (String complex : List.of("true", "false", "1")) {
                texts.add(large("'double'", "[1,2]", data, ",'mwcomplex':" + complex));
                texts.add(large("'single'", "[1,1]", data, ",'mwcomplex':" + complex));
                texts.add(large("'int8'", "[1,1]", data, ",'mwcomplex':" + complex));
            }
        }
        texts.addAll(longAndDeep());
        return texts.stream().map(text -> text.replace('\'', '"')).toList();
    }

    private static String large(String type, String size, String data, String more) {
        return "{'mwdata':" + data + ",'mwsize':" + size + ",'mwtype':" + type + more + "}";
    }

    private static List<String> longAndDeep() {
        List<String> texts = new ArrayList<>();
        for (int n : List.of(1, 16, 17, 127, 129, 130, 1000)) {
            texts.add("[".repeat(n) + "1,2" + "]".repeat(n));
            texts.add("{'a':".repeat(n) + "1" + "}".repeat(n));
            texts.add("{'a':".repeat(n) + "null" + "}".repeat(n));
            texts.add("{'mwdata':[".repeat(n) + "1" + "],'mwsize':[1,1],'mwtype':'cell'}".repeat(n));
            texts.add("{'mwdata':{'x':".repeat(n) + "1" + "},'mwsize':[1,1],'mwtype':'struct'}".repeat(n));
        }
        for (int n : List.of(300, 400, 997, 998, 999, 1000, 1001)) {
            texts.add("1" + "0".repeat(n));
            texts.add("-0." + "1".repeat(n));
            texts.add("1." + "1".repeat(n) + "E-2");
            texts.add("{'" + "a".repeat(49_001 + n) + "':1}");
            texts.add("{'\\n" + "é".repeat(48_999 + n) + "':1}");
        }
        return texts;
    }
}
