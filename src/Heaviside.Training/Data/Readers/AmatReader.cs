using System.Buffers.Text;

namespace Heaviside.Data.Readers;

/// <summary>Reads <c>.amat</c> text files of binary images: one image a line, numbers 0 and 1 between blanks; plain or gzip.</summary>
public static class AmatReader
{
    private const int LongestNumber = 64;

    // Of a number with the blanks around it, on average: there may be no more text than that.
    private const int UsualNumber = 32;

    /// <summary>Reads exactly <paramref name="rows"/> lines of <paramref name="columns"/> numbers into bytes 0 or 1, <c>[rows, columns]</c>.</summary>
    /// <exception cref="InputException">The file is missing or damaged, a line or the file has another length, a number is neither 0 nor 1.</exception>
    public static byte[] Read(string path, int rows, int columns = 784)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        using var source = ByteSource.Open(path, most: ((long)rows * columns * UsualNumber) + (1 << 16));
        var parser = new Parser(source, rows, columns);
        var block = new byte[1 << 16];
        var isFirst = true;
        for (int read; (read = source.Read(block)) > 0; isFirst = false) parser.Add(block.AsSpan(0, read)[(isFirst ? source.MarkOf(block.AsSpan(0, read)) : 0)..]);
        source.ExpectEnd();
        return parser.Finish();
    }

    /// <summary>Takes the text in blocks, so that numbers and lines may straddle their borders.</summary>
    private sealed class Parser(ByteSource source, int rows, int columns)
    {
        private readonly byte[] number = new byte[LongestNumber];
        private readonly long total = (long)rows * columns;
        private byte[] values = new byte[Math.Min((long)rows * columns, 1 << 16)];
        private int count;
        private int line = 1;
        private int inLine;
        private int digits;

        public void Add(ReadOnlySpan<byte> text)
        {
            foreach (var c in text)
            {
                if (c is (byte)' ' or (byte)'\t' or (byte)'\r') EndNumber();
                else if (c == '\n') EndLine();
                else if (digits == LongestNumber) throw source.Error($"line {line} has something longer than a number");
                else this.number[digits++] = c;
            }
        }

        public byte[] Finish()
        {
            EndLine();
            return count == total ? values : throw source.Error($"has {count / columns} rows, expected {rows}");
        }

        private void EndNumber()
        {
            if (digits == 0) return;
            if (inLine++ == columns) throw source.Error($"line {line} has more than {columns} numbers");
            if (count == total) throw source.Error($"has more than {rows} rows");
            if (count == values.Length) Array.Resize(ref values, (int)Math.Min(total, 2L * count));
            values[count++] = Value(this.number.AsSpan(0, digits));
            digits = 0;
        }

        private void EndLine()
        {
            EndNumber();
            if (inLine != 0 && inLine != columns) throw source.Error($"line {line} has {inLine} numbers, expected {columns}");
            inLine = 0;
            line++;
        }

        private byte Value(ReadOnlySpan<byte> number)
        {
            if (number.Length == 1 && number[0] is (byte)'0' or (byte)'1') return (byte)(number[0] - '0');
            var isNumber = Utf8Parser.TryParse(number, out double value, out var used) && used == number.Length;
            return isNumber && value is 0 or 1 ? (byte)value : throw source.Error($"line {line}, number {inLine} is neither 0 nor 1");
        }
    }
}
